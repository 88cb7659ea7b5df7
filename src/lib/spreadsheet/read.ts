import { createReadStream } from "node:fs";
import { open, stat } from "node:fs/promises";
import { openArchive, type Pass } from "./archive";
import { isText, openCsv } from "./csv";
import { MAX_FILE_BYTES } from "./limits";
import type { SheetRow, Spreadsheet } from "./spreadsheet";
import { SpreadsheetError } from "./spreadsheet-error";
import { readWorkbook } from "./workbook";
import { readMerges, readRows, readSharedTexts } from "./worksheet";

const ZIP = Buffer.from("PK");
const OLE = Buffer.from("d0cf11e0a1b11ae1", "hex");
const HEAD_BYTES = 4096;

/**
 * Opens an .xlsx or CSV file by what is in it; its name only names the one sheet of a CSV. Reads as a stream: memory does not
 * grow with the number of rows, but for the table of shared texts. Throws `SpreadsheetError` for anything else.
 * @param hasLegacy takes a CSV that is clearly typed in an old Vietnamese font, too; whoever asks has to turn it into Unicode
 */
export async function openSpreadsheet(
  path: string,
  { fileName, hasLegacy = false }: Readonly<{ fileName: string; hasLegacy?: boolean }>,
): Promise<Spreadsheet> {
  const { size } = await stat(path);
  if (size === 0) throw new SpreadsheetError("EMPTY");
  if (size > MAX_FILE_BYTES) throw new SpreadsheetError("TOO_LARGE");

  const head = await readHead(path);
  if (head.subarray(0, 2).equals(ZIP) && head[2] !== undefined && head[2] < 9) return await openXlsx(path);
  if (head.subarray(0, OLE.length).equals(OLE)) {
    throw new SpreadsheetError((await holdsEncryptedPackage(path)) ? "PASSWORD" : "OLD_EXCEL");
  }
  if (!isText(head) || isMarkup(head)) throw new SpreadsheetError("NOT_A_SPREADSHEET");

  return await openCsv(path, fileName.replace(/^.*[\\/]/, "").replace(/\.[^.]*$/, "") || "CSV", {
    hasLegacy,
  });
}

async function openXlsx(path: string): Promise<Spreadsheet> {
  const archive = await openArchive(path);
  try {
    const workbook = await readWorkbook(archive);
    const partOf = (name: string) => {
      const sheet = workbook.sheets.find((one) => one.name === name);
      if (!sheet) throw new SpreadsheetError("SHEET_MISSING");

      return sheet.part;
    };
    let sharedTexts: Promise<readonly string[]> | null = null;
    const texts = (pass: Pass) => {
      sharedTexts ??= workbook.sharedTextsPart
        ? readSharedTexts(archive, workbook.sharedTextsPart, pass)
        : Promise.resolve([]);

      return sharedTexts;
    };

    async function* rows(sheetName: string): AsyncGenerator<SheetRow> {
      const part = partOf(sheetName);
      const pass = { bytes: 0 };
      yield* readRows(archive, part, { workbook, sharedTexts: await texts(pass) }, pass);
    }

    return {
      format: "XLSX",
      sheets: workbook.sheets.map(({ name, isHidden }) => ({ name, isHidden })),
      rows,
      merges: async (sheetName) => await readMerges(archive, partOf(sheetName)),
      close: async () => archive.close(),
    };
  } catch (error) {
    archive.close();
    throw error;
  }
}

async function readHead(path: string): Promise<Buffer> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read({ buffer: Buffer.alloc(HEAD_BYTES), position: 0 });

    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

/** An .xlsx with a password is an old container around an encrypted part of this name. */
async function holdsEncryptedPackage(path: string): Promise<boolean> {
  const name = Buffer.from("EncryptedPackage", "utf16le");
  let tail: Buffer = Buffer.alloc(0);
  for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
    const joined = Buffer.concat([tail, chunk]);
    if (joined.includes(name)) return true;
    tail = joined.subarray(-name.length);
  }

  return false;
}

function isMarkup(head: Buffer): boolean {
  return /^[\uFEFF\s]*(?:<[!?a-z]|%PDF|\{\\rtf)/i.test(head.toString("utf8"));
}
