import "server-only";
import path from "node:path";
import type { Readable } from "node:stream";
import { Disk } from "flydrive";
import { env } from "@/lib/env";

let opened: Promise<Disk> | undefined;

/** The file store of this installation: a folder under DATA_DIR, or any S3 service by settings. Opened once. */
function store(): Promise<Disk> {
  opened ??= openStore();

  return opened;
}

async function openStore(): Promise<Disk> {
  if (env.FILES_DRIVER === "disk") {
    const { FSDriver } = await import("flydrive/drivers/fs");

    return new Disk(new FSDriver({ location: path.resolve(env.DATA_DIR, "files"), visibility: "private" }));
  }

  const { S3Driver } = await import("flydrive/drivers/s3");
  const { S3_BUCKET, S3_ACCESS_KEY_ID, S3_SECRET_ACCESS_KEY } = env;
  if (!S3_BUCKET || !S3_ACCESS_KEY_ID || !S3_SECRET_ACCESS_KEY) throw new Error("S3 settings are incomplete");

  return new Disk(
    new S3Driver({
      bucket: S3_BUCKET,
      region: env.S3_REGION,
      // Services inside an office (MinIO, Ceph) know neither bucket host names nor access lists.
      ...(env.S3_ENDPOINT && { endpoint: env.S3_ENDPOINT, forcePathStyle: true }),
      credentials: { accessKeyId: S3_ACCESS_KEY_ID, secretAccessKey: S3_SECRET_ACCESS_KEY },
      supportsACL: false,
      visibility: "private",
    }),
  );
}

/**
 * Stores bytes under a key; a key that is there already is overwritten. Keys are named after the content, so that writing
 * one twice changes nothing.
 */
export async function putFile(key: string, bytes: Uint8Array, contentType: string): Promise<void> {
  const disk = await store();
  await disk.put(key, bytes, { contentType });
}

/** The stored bytes as a stream; undefined when nothing is stored under the key. */
export async function openFile(key: string): Promise<Readable | undefined> {
  const disk = await store();
  if (!(await disk.exists(key))) return undefined;

  return await disk.getStream(key);
}

/** The stored bytes; undefined when nothing is stored under the key. */
export async function readStoredFile(key: string): Promise<Uint8Array | undefined> {
  const disk = await store();
  if (!(await disk.exists(key))) return undefined;

  return await disk.getBytes(key);
}

/** Stores a stream of known length under a key without holding it in memory. */
export async function putStream(
  key: string,
  stream: Readable,
  file: Readonly<{ contentType: string; contentLength: number }>,
): Promise<void> {
  const disk = await store();
  await disk.putStream(key, stream, { ...file });
}

/** Takes a stored file away; nothing happens when nothing is stored under the key. */
export async function removeFile(key: string): Promise<void> {
  const disk = await store();
  await disk.delete(key);
}
