import type { Readable } from "node:stream";
import yauzl from "yauzl";
import { MAX_ENTRIES, MAX_INFLATED_BYTES, MAX_RATIO, MAX_SMALL_PART_BYTES, RATIO_FROM_BYTES } from "./limits";
import { SpreadsheetError } from "./spreadsheet-error";

/** The parts of a zip file, each opened as a stream; nothing is ever written to the disk. */
export type Archive = Readonly<{
  names: ReadonlySet<string>;
  /** the part's bytes as they unpack, bounded; `pass` bounds all parts read with it together */
  stream: (name: string, pass?: Pass) => AsyncGenerator<Buffer>;
  /** a small part as a whole, or null when there is none */
  read: (name: string) => Promise<Buffer | null>;
  close: () => void;
}>;

/** Bytes unpacked so far in one reading of a file. */
export type Pass = { bytes: number };

/** Opens a zip file by its table of contents. What the table says about sizes is not believed: bytes are counted as they come. */
export async function openArchive(path: string): Promise<Archive> {
  const zip = await yauzl.openPromise(path, { autoClose: false, lazyEntries: true }).catch(refuse);
  const entries = new Map<string, yauzl.Entry>();
  try {
    if (zip.entryCount > MAX_ENTRIES) throw new SpreadsheetError("UNSAFE");
    for await (const entry of zip.eachEntry()) {
      if (entries.size >= MAX_ENTRIES) throw new SpreadsheetError("UNSAFE");
      if (entry.isEncrypted()) throw new SpreadsheetError("PASSWORD");
      entries.set(entry.fileName.replace(/^\//, ""), entry);
    }
  } catch (error) {
    zip.close();
    refuse(error);
  }

  async function* stream(name: string, pass: Pass = { bytes: 0 }): AsyncGenerator<Buffer> {
    const entry = entries.get(name);
    if (!entry) throw new SpreadsheetError("DAMAGED");

    let source: Readable | null = null;
    let bytes = 0;
    try {
      source = await zip.openReadStreamPromise(entry);
      for await (const chunk of source) {
        if (!Buffer.isBuffer(chunk)) continue;
        bytes += chunk.length;
        pass.bytes += chunk.length;
        const isBomb = bytes > RATIO_FROM_BYTES && bytes > MAX_RATIO * Math.max(1, entry.compressedSize);
        if (isBomb || pass.bytes > MAX_INFLATED_BYTES) throw new SpreadsheetError("UNSAFE");

        yield chunk;
      }
    } catch (error) {
      refuse(error);
    } finally {
      source?.destroy();
    }
  }

  async function read(name: string): Promise<Buffer | null> {
    if (!entries.has(name)) return null;
    const chunks: Buffer[] = [];
    const pass = { bytes: 0 };
    for await (const chunk of stream(name, pass)) {
      if (pass.bytes > MAX_SMALL_PART_BYTES) throw new SpreadsheetError("UNSAFE");
      chunks.push(chunk);
    }

    return Buffer.concat(chunks);
  }

  return { names: new Set(entries.keys()), stream, read, close: () => zip.close() };
}

function refuse(error: unknown): never {
  if (error instanceof SpreadsheetError) throw error;
  const text = error instanceof Error ? error.message : "";
  // A name that leads out of the archive, or a part longer than its entry says: made by hand, not by a transfer that broke.
  const isHostile = /relative path|absolute path|invalid characters in fileName|too many bytes/.test(text);
  throw new SpreadsheetError(isHostile ? "UNSAFE" : "DAMAGED", error);
}
