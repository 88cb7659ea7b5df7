import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, it } from "vitest";

/** A service that keeps objects by path, as far as the file store asks of S3. */
const objects = new Map<string, Buffer>();
const server = createServer(async (request, response) => {
  const path = new URL(request.url ?? "/", "http://s3").pathname;
  if (request.method === "PUT") {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    objects.set(path, Buffer.concat(chunks));
    response.writeHead(200, { etag: '"1"' }).end();
    return;
  }
  const found = objects.get(path);
  if (!found) {
    response
      .writeHead(404, { "content-type": "application/xml" })
      .end("<Error><Code>NoSuchKey</Code></Error>");
    return;
  }
  response.writeHead(200, { "content-length": found.byteLength, "content-type": "image/png" });
  response.end(request.method === "HEAD" ? undefined : found);
});

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  Object.assign(process.env, {
    FILES_DRIVER: "s3",
    S3_ENDPOINT: `http://127.0.0.1:${port}`,
    S3_BUCKET: "minh-chung",
    S3_ACCESS_KEY_ID: "thu",
    S3_SECRET_ACCESS_KEY: "thu-thu-thu",
  });
});
afterAll(() => new Promise((resolve) => server.close(resolve)));

it("keeps files in any S3 service by settings alone", async () => {
  const { openFile, putFile, readStoredFile } = await import("@/lib/storage/file-store");
  const bytes = new Uint8Array([137, 80, 78, 71]);
  await putFile("7/ab/abc.png", bytes, "image/png");

  expect([...objects.keys()]).toEqual(["/minh-chung/7/ab/abc.png"]);
  expect(Buffer.from((await readStoredFile("7/ab/abc.png")) ?? [])).toEqual(Buffer.from(bytes));
  const chunks: Buffer[] = [];
  for await (const chunk of (await openFile("7/ab/abc.png")) ?? []) chunks.push(chunk as Buffer);
  expect(Buffer.concat(chunks)).toEqual(Buffer.from(bytes));
  expect(await openFile("7/ab/missing.png")).toBeUndefined();
});
