import { once } from "node:events";
import { Readable } from "node:stream";
import { ZipFile } from "yazl";
import type { Draw, Lists, WriteRow, WriteSheet } from "./write-sheet";
import { columnName, hasHeader, headerRow, MAX_ROWS, sheetXml } from "./write-sheet";
import { Styles } from "./write-styles";
import { escapeXml } from "./xml-text";

export type { LinePiece, WriteColumn, WriteLine, WriteRow, WriteSheet } from "./write-sheet";

const LISTS_SHEET = "Danh mục";
const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const PACKAGE = "http://schemas.openxmlformats.org/package/2006";
const OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml";
/** Level 6 takes three times as long for a file a quarter smaller. */
const COMPRESSION_LEVEL = 2;

type Written = { name: string; isHidden: boolean; headerRow: number; repeatsHeader: boolean };

/**
 * An .xlsx workbook as a stream of bytes. Rows are drawn only as fast as the bytes are taken, so memory does not grow with
 * them; destroying the stream ends every source of rows. An empty text is an empty cell, a text beyond 32,767 characters is cut
 * (Excel holds no more), a text never becomes a formula.
 * @param book.isPaper official document: Times New Roman, as Nghị định 30/2020 asks
 */
export function writeWorkbook(
  book: Readonly<{ sheets: readonly WriteSheet[]; isPaper?: boolean; maxRows?: number }>,
): Readable {
  const zip = new ZipFile();
  const output = zip.outputStream as Readable;
  const draws: Draw["iterator"][] = book.sheets.map(({ rows }) =>
    Symbol.asyncIterator in rows ? rows[Symbol.asyncIterator]() : rows[Symbol.iterator](),
  );
  let current: Readable | undefined;

  const add = async (path: string, xml: AsyncIterable<string> | Iterable<string>) => {
    if (output.destroyed) throw new Error("The reader of the workbook is gone");
    const part = Readable.from(bytesOf(xml), { objectMode: false, highWaterMark: 64 * 1024 });
    current = part;
    zip.addReadStream(part, path, { compressionLevel: COMPRESSION_LEVEL });
    await once(part, "close");
    if (part.errored) throw part.errored;
  };
  const finish = async () => {
    for (const draw of draws) await draw.return?.();
  };

  // Errors of a part reach us through `add`; unheard, the zip file's own would end the process.
  zip.on("error", () => undefined);
  output.once("close", () => {
    current?.destroy();
    void finish().catch(() => undefined);
  });
  writeParts(book, draws, add).then(
    () => zip.end(),
    (error: unknown) => output.destroy(error instanceof Error ? error : new Error(String(error))),
  );

  return output;
}

async function writeParts(
  book: Readonly<{ sheets: readonly WriteSheet[]; isPaper?: boolean; maxRows?: number }>,
  draws: readonly Draw["iterator"][],
  add: (path: string, xml: AsyncIterable<string> | Iterable<string>) => Promise<void>,
): Promise<void> {
  const styles = new Styles(
    book.isPaper ? { name: "Times New Roman", size: 13 } : { name: "Calibri", size: 11 },
  );
  const maxRows = Math.min(book.maxRows ?? MAX_ROWS, MAX_ROWS);
  const written: Written[] = [];
  const names = new Set<string>([LISTS_SHEET.toLowerCase()]);
  const { lists, values } = collectLists(book.sheets);

  // First, and without the number of sheets, which is known last: programs tell a workbook by its first part.
  await add("[Content_Types].xml", [contentTypes()]);
  await add("_rels/.rels", [
    `${HEAD}<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
  ]);
  for (const [index, sheet] of book.sheets.entries()) {
    const iterator = draws[index];
    if (!iterator) continue;
    const draw: Draw = { iterator, next: await iterator.next() };
    for (let part = 1; part === 1 || !draw.next.done; part++) {
      await add(
        `xl/worksheets/sheet${written.length + 1}.xml`,
        sheetXml(sheet, { draw, styles, lists: lists[index] ?? new Map(), maxRows }),
      );
      written.push({
        name: sheetName(sheet.name, part, names),
        isHidden: sheet.isHidden ?? false,
        headerRow: headerRow(sheet),
        repeatsHeader: hasHeader(sheet),
      });
    }
  }
  if (values.length > 0) {
    const sheet = { name: LISTS_SHEET, columns: values.map(() => ({ header: "" })), rows: [] };
    const longest = Math.max(...values.map(({ length }) => length));
    const rows = Array.from(
      { length: longest },
      (_, row): WriteRow => values.map((list) => list[row] ?? null),
    );
    const iterator = rows[Symbol.iterator]();
    await add(
      `xl/worksheets/sheet${written.length + 1}.xml`,
      sheetXml(sheet, { draw: { iterator, next: iterator.next() }, styles, lists: new Map(), maxRows }),
    );
    written.push({ name: LISTS_SHEET, isHidden: true, headerRow: 0, repeatsHeader: false });
  }
  await add("xl/styles.xml", [styles.toXml()]);
  await add("xl/workbook.xml", [workbookXml(written)]);
  await add("xl/_rels/workbook.xml.rels", [
    `${HEAD}<Relationships xmlns="${PACKAGE}/relationships">${written
      .map(
        (_, index) =>
          `<Relationship Id="rId${index + 1}" Type="${OFFICE}/worksheet" Target="worksheets/sheet${index + 1}.xml"/>`,
      )
      .join("")}<Relationship Id="rId0" Type="${OFFICE}/styles" Target="styles.xml"/></Relationships>`,
  ]);
}

async function* bytesOf(xml: AsyncIterable<string> | Iterable<string>): AsyncGenerator<Buffer> {
  for await (const piece of xml) yield Buffer.from(piece);
}

/** Each different list of choices once, in a column of the hidden sheet, and its range for each column that uses it. */
function collectLists(sheets: readonly WriteSheet[]): { lists: Lists[]; values: (readonly string[])[] } {
  const values: (readonly string[])[] = [];
  const known = new Map<string, number>();
  const lists = sheets.map(({ columns }) => {
    const ranges = new Map<number, string>();
    for (const [index, { choices }] of columns.entries()) {
      if (!choices || choices.length === 0) continue;
      const key = JSON.stringify(choices);
      const at = known.get(key) ?? values.push(choices) - 1;
      known.set(key, at);
      ranges.set(index, `'${LISTS_SHEET}'!$${columnName(at)}$1:$${columnName(at)}$${choices.length}`);
    }

    return ranges;
  });

  return { lists, values };
}

/** A name Excel takes: at most 31 characters, none of `[]:*?/\`, no apostrophe at either end, each once. */
function sheetName(wanted: string, part: number, taken: Set<string>): string {
  const clean = wanted.replace(/[[\]:*?/\\\p{Cc}]/gu, " ").replace(/^['\s]+|['\s]+$/g, "") || "Trang";
  for (let number = part; ; number++) {
    const end = number === 1 ? "" : ` (${number})`;
    const name = `${[...clean]
      .slice(0, 31 - end.length)
      .join("")
      .slice(0, 31 - end.length)}${end}`;
    if (taken.has(name.toLowerCase())) continue;
    taken.add(name.toLowerCase());

    return name;
  }
}

function contentTypes(): string {
  return [
    `${HEAD}<Types xmlns="${PACKAGE}/content-types">`,
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>',
    `<Default Extension="xml" ContentType="${TYPE}.worksheet+xml"/>`,
    `<Override PartName="/xl/workbook.xml" ContentType="${TYPE}.sheet.main+xml"/>`,
    `<Override PartName="/xl/styles.xml" ContentType="${TYPE}.styles+xml"/></Types>`,
  ].join("");
}

function workbookXml(written: readonly Written[]): string {
  const sheets = written.map(
    ({ name, isHidden }, index) =>
      `<sheet name="${escapeXml(name)}" sheetId="${index + 1}"${isHidden ? ' state="hidden"' : ""} r:id="rId${index + 1}"/>`,
  );
  const titles = written.flatMap(({ name, headerRow: row, repeatsHeader }, index) =>
    repeatsHeader
      ? [
          `<definedName name="_xlnm.Print_Titles" localSheetId="${index}">'${escapeXml(name.replaceAll("'", "''"))}'!$${row}:$${row}</definedName>`,
        ]
      : [],
  );

  return [
    `${HEAD}<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><bookViews><workbookView activeTab="0"/></bookViews>`,
    `<sheets>${sheets.join("")}</sheets>`,
    titles.length > 0 ? `<definedNames>${titles.join("")}</definedNames>` : "",
    "</workbook>",
  ].join("");
}
