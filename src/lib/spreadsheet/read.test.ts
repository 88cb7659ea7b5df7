import fc from "fast-check";
import { afterAll, describe, expect, it, vi } from "vitest";
import { openSpreadsheet } from "./read";
import type { ReadCell, SheetRow } from "./spreadsheet";
import { SpreadsheetError } from "./spreadsheet-error";
import { scratchFolder, workbookParts, zipOf } from "./workbook.examples";

vi.setConfig({ testTimeout: 60_000 });

const folder = scratchFolder();
afterAll(() => folder.remove());

async function readAll(name: string, data: string | Buffer): Promise<SheetRow[]> {
  const spreadsheet = await openSpreadsheet(folder.put(name, data), { fileName: name });
  try {
    const rows: SheetRow[] = [];
    for (const sheet of spreadsheet.sheets) {
      await spreadsheet.merges(sheet.name);
      for await (const row of spreadsheet.rows(sheet.name)) rows.push(row);
    }

    return rows;
  } finally {
    await spreadsheet.close();
  }
}

const xlsx = (...args: Parameters<typeof workbookParts>) => zipOf(workbookParts(...args));
const cellsOf = async (rows: string, options = {}) =>
  (await readAll("a.xlsx", xlsx(rows, options)))[0]?.cells;
const codeOf = async (name: string, data: string | Buffer) => {
  try {
    await readAll(name, data);
  } catch (error) {
    if (error instanceof SpreadsheetError) return error.code;
    throw error;
  }

  return "READ";
};

describe("cells of a workbook", () => {
  const STYLES =
    '<numFmts><numFmt numFmtId="164" formatCode="dd\\/mm\\/yyyy;@"/><numFmt numFmtId="165" formatCode="0&quot; năm&quot;"/><numFmt numFmtId="166" formatCode="[Red]#,##0\\d"/></numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/><xf numFmtId="165"/><xf numFmtId="166"/></cellXfs>';

  it.each<[string, string, ReadCell]>([
    ["a number", "<c><v>12.5</v></c>", 12.5],
    ["a shared text", '<c t="s"><v>0</v></c>', "Hà"],
    ["a rich text without its phonetic guide", '<c t="s"><v>1</v></c>', "Bờ Suối"],
    [
      "an inline text",
      '<c t="inlineStr"><is><r><t>Gốc</t></r><r><t xml:space="preserve"> Đa</t></r></is></c>',
      "Gốc Đa",
    ],
    ["a formula's text", '<c t="str"><f>A1&amp;B1</f><v>x &amp; y</v></c>', "x & y"],
    ["a formula's number", "<c><f>1+1</f><v>2</v></c>", 2],
    ["a formula never calculated", "<c><f>1+1</f></c>", { error: "#CALC" }],
    ["an error", '<c t="e"><v>#N/A</v></c>', { error: "#N/A" }],
    ["a truth value", '<c t="b"><v>1</v></c>', true],
    ["a day in Excel's own format", '<c s="1"><v>25491</v></c>', { date: "1969-10-15" }],
    ["a day in a format of the file", '<c s="2"><v>25491.75</v></c>', { date: "1969-10-15" }],
    ["a day before March 1900", '<c s="1"><v>1</v></c>', { date: "1900-01-01" }],
    ["a number with a word behind it", '<c s="3"><v>5</v></c>', 5],
    ["a number with an escaped letter", '<c s="4"><v>5</v></c>', 5],
    ["an ISO day", '<c t="d"><v>1969-10-15T00:00:00</v></c>', { date: "1969-10-15" }],
    ["a character XML cannot hold", '<c t="inlineStr"><is><t>a_x000B_b_x005F_</t></is></c>', "a\u000bb_"],
    [
      "decomposed text as it is",
      `<c t="inlineStr"><is><t>${"Đồng Mía".normalize("NFD")}</t></is></c>`,
      "Đồng Mía".normalize("NFD"),
    ],
  ])("reads %s", async (_name, cell, value) => {
    const shared =
      '<si><t>Hà</t></si><si><r><rPr><b/></rPr><t>Bờ </t></r><r><t>Suối</t></r><rPh sb="0" eb="1"><t>ボ</t></rPh></si>';

    expect(await cellsOf(`<row>${cell}</row>`, { shared, styles: STYLES })).toEqual([value]);
  });

  it("counts days from 1904 where the workbook does", async () => {
    const options = { styles: STYLES, workbookPr: '<workbookPr date1904="true"/>' };

    expect(await cellsOf('<row><c s="1"><v>24029</v></c></row>', options)).toEqual([{ date: "1969-10-15" }]);
  });

  it("keeps places: empty cells, skipped rows, rows without numbers; leaves out what is empty", async () => {
    const rows =
      '<row r="2"><c r="B2"><v>1</v></c><c r="D2" s="1"/></row><row r="3"><c r="A3" s="1"/></row><row><c/><c><v>2</v></c></row>';

    expect(await readAll("a.xlsx", xlsx(rows))).toEqual([
      { number: 2, cells: [null, 1] },
      { number: 4, cells: [null, 2] },
    ]);
  });

  it("reads elements with a namespace prefix, and merged areas", async () => {
    const sheet =
      '<x:worksheet xmlns:x="urn:x"><x:sheetData><x:row r="1"><x:c r="A1"><x:v>7</x:v></x:c></x:row></x:sheetData><x:mergeCells count="2"><x:mergeCell ref="A1:C1"/><x:mergeCell ref="B2:B30"/></x:mergeCells></x:worksheet>';
    const file = folder.put(
      "a.xlsx",
      xlsx("", { others: [{ name: "xl/worksheets/sheet1.xml", data: sheet }] }),
    );
    const spreadsheet = await openSpreadsheet(file, { fileName: "a.xlsx" });

    expect(spreadsheet.sheets).toEqual([{ name: "Trang & 1", isHidden: false }]);
    expect(await spreadsheet.merges("Trang & 1")).toEqual([
      { firstRow: 1, lastRow: 1, firstColumn: 0, lastColumn: 2 },
      { firstRow: 2, lastRow: 30, firstColumn: 1, lastColumn: 1 },
    ]);
    for await (const row of spreadsheet.rows("Trang & 1")) expect(row.cells).toEqual([7]);
    await expect(spreadsheet.merges("Trang 2")).rejects.toMatchObject({ code: "SHEET_MISSING" });
    await spreadsheet.close();
  });

  it("passes over a cell in the last column of Excel", async () => {
    expect(await cellsOf('<row r="1"><c r="A1"><v>1</v></c><c r="XFD1"><v>2</v></c></row>')).toEqual([1]);
  });
});

describe("CSV", () => {
  const ROWS = [
    { number: 1, cells: ["Tên", "Ghi chú"] },
    { number: 3, cells: ["Đặng Lộc", 'hai\ndòng, "x"; y'] },
    { number: 4, cells: [null, "=1+1"] },
  ];
  const text = (sign: string, end: string) =>
    [`Tên${sign}Ghi chú`, "", `Đặng Lộc${sign}"hai\ndòng, ""x""; y"`, `${sign}'=1+1`, ""].join(end);

  it.each<[string, Buffer]>([
    ["semicolons, BOM, CRLF", Buffer.from(`\ufeff${text(";", "\r\n")}`)],
    ["commas", Buffer.from(text(",", "\n"))],
    ["tabs in UTF-16, as Excel's Unicode text", Buffer.from(`\ufeff${text("\t", "\r\n")}`, "utf16le")],
    ["tabs in UTF-16, the other byte order", Buffer.from(`\ufeff${text("\t", "\n")}`, "utf16le").swap16()],
    ["a line that names the separator", Buffer.from(`sep=|\r\n${text("|", "\r\n")}`)],
  ])("reads %s", async (_name, data) => {
    expect(await readAll("ds.csv", data)).toEqual(ROWS);
  });

  it("names its one sheet after the file", async () => {
    const file = folder.put("x.csv", "a;b");
    const { sheets } = await openSpreadsheet(file, { fileName: "C:\\Ho so\\Danh sách 2024.csv" });

    expect(sheets).toEqual([{ name: "Danh sách 2024", isHidden: false }]);
  });

  it("says so when the marks would be lost", async () => {
    expect(await codeOf("a.csv", Buffer.from("T\xean;\xd0\xe6ng", "latin1"))).toBe("ENCODING");
  });

  it("does not take the whole file for one unclosed quotation", async () => {
    expect(await codeOf("a.csv", `a;b\n"${"x;y\n".repeat(400_000)}`)).toBe("DAMAGED");
  });
});

describe("files that are not what they should be", () => {
  const good = xlsx('<row r="1"><c r="A1"><v>1</v></c></row>');
  const withPart = (name: string, data: string | Buffer) => xlsx("", { others: [{ name, data }] });
  const ole = (text: string) =>
    Buffer.concat([
      Buffer.from("d0cf11e0a1b11ae1", "hex"),
      Buffer.alloc(600),
      Buffer.from(text, "utf16le"),
      Buffer.alloc(600),
    ]);
  const png = Buffer.from("89504e470d0a1a0a0000000d49484452", "hex");
  const types = (type: string) =>
    `<Types><Override PartName="/xl/workbook.xml" ContentType="${type}"/></Types>`;

  it.each<[string, string, Buffer | string, string]>([
    ["nothing", "a.xlsx", "", "EMPTY"],
    ["200 MB", "a.xlsx", Buffer.alloc(200 * 1024 * 1024), "TOO_LARGE"],
    ["a picture", "a.xlsx", png, "NOT_A_SPREADSHEET"],
    ["a web page named .xls", "a.xls", "<html><table></table></html>", "NOT_A_SPREADSHEET"],
    ["a PDF", "a.csv", "%PDF-1.7", "NOT_A_SPREADSHEET"],
    ["an old .xls", "a.xlsx", ole("Workbook"), "OLD_EXCEL"],
    ["a workbook with a password", "a.xlsx", ole("EncryptedPackage"), "PASSWORD"],
    ["an encrypted zip", "a.xlsx", zipOf([{ name: "a", data: "", isEncrypted: true }]), "PASSWORD"],
    ["macros", "a.xlsm", withPart("xl/vbaProject.bin", "x"), "MACROS"],
    [
      "macros by type",
      "a.xlsx",
      withPart("[Content_Types].xml", types("application/vnd.ms-excel.sheet.macroEnabled.main+xml")),
      "MACROS",
    ],
    ["a binary workbook", "a.xlsb", withPart("xl/workbook.bin", "x"), "OTHER_FORMAT"],
    [
      "an OpenDocument sheet",
      "a.ods",
      zipOf([{ name: "mimetype", data: "application/vnd.oasis.opendocument.spreadsheet" }]),
      "OTHER_FORMAT",
    ],
    ["a zip of files", "a.xlsx", zipOf([{ name: "a.xlsx", data: good }]), "NOT_A_SPREADSHEET"],
    ["a zip broken off", "a.xlsx", good.subarray(0, good.length - 40), "DAMAGED"],
    [
      "XML broken off",
      "a.xlsx",
      withPart("xl/worksheets/sheet1.xml", "<worksheet><sheetData><row>"),
      "DAMAGED",
    ],
    ["a text that is not there", "a.xlsx", xlsx('<row><c t="s"><v>9</v></c></row>'), "DAMAGED"],
    ["rows that go back", "a.xlsx", xlsx('<row r="2"/><row r="1"/>'), "DAMAGED"],
    ["more rows than Excel has", "a.xlsx", xlsx('<row r="1048577"/>'), "TOO_MUCH"],
    ["a name that leads out of the archive", "a.xlsx", withPart("../../etc/x", "x"), "UNSAFE"],
    [
      "a document type",
      "a.xlsx",
      withPart("xl/workbook.xml", '<!DOCTYPE a [<!ENTITY b "c">]><workbook>&b;</workbook>'),
      "UNSAFE",
    ],
    ["an entity nobody declared", "a.xlsx", xlsx('<row><c t="str"><v>&lol;</v></c></row>'), "DAMAGED"],
    [
      "a part longer than it says",
      "a.xlsx",
      xlsx("", { others: [{ name: "xl/worksheets/sheet1.xml", data: "x".repeat(9999), statedSize: 10 }] }),
      "UNSAFE",
    ],
    [
      "thousands of parts",
      "a.xlsx",
      zipOf(Array.from({ length: 5001 }, (_, at) => ({ name: `p${at}`, data: "" }))),
      "UNSAFE",
    ],
    ["a sheet that grows a thousand times", "a.xlsx", xlsx(" ".repeat(64 * 1024 * 1024)), "UNSAFE"],
    [
      "a styles part that grows a thousand times",
      "a.xlsx",
      xlsx("", { styles: " ".repeat(16 * 1024 * 1024) }),
      "UNSAFE",
    ],
  ])("refuses %s", async (_name, fileName, data, code) => {
    const before = process.memoryUsage().rss;

    expect(await codeOf(fileName, data)).toBe(code);
    expect(process.memoryUsage().rss - before).toBeLessThan(250 * 1024 * 1024);
  });

  it("refuses shared texts beyond what memory should hold", async () => {
    const filler = Array.from({ length: 300 }, (_, at) => String.fromCharCode(97 + ((at * 7) % 26))).join("");
    const shared = Array.from({ length: 150_000 }, (_, at) => `<si><t>${filler}${at}</t></si>`).join("");

    expect(await codeOf("a.xlsx", xlsx('<row><c t="s"><v>0</v></c></row>', { shared }))).toBe("TOO_MUCH");
  });

  it("passes over two hundred thousand formatted empty rows", async () => {
    const empty = Array.from(
      { length: 200_000 },
      (_, at) => `<row r="${at + 2}"><c r="A${at + 2}" s="1"/></row>`,
    ).join("");
    const rows = await readAll("a.xlsx", xlsx(`<row r="1"><c r="A1"><v>1</v></c></row>${empty}`));

    expect(rows).toEqual([{ number: 1, cells: [1] }]);
  });

  it.each([
    ["a workbook named .csv", "a.csv", good, [{ number: 1, cells: [1] }]],
    ["a CSV named .xlsx", "a.xlsx", "x;y", [{ number: 1, cells: ["x", "y"] }]],
  ])("goes by the content: %s", async (_name, fileName, data, rows) => {
    expect(await readAll(fileName, data)).toEqual(rows);
  });

  it("has a sentence for every file with any bytes changed or broken off", async () => {
    const parts = workbookParts('<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1"><v>25491</v></c></row>', {
      shared: "<si><t>Đặng Văn Lộc</t></si>",
      after: '<mergeCells><mergeCell ref="A1:B1"/></mergeCells>',
    });
    const whole = zipOf(parts);
    const change = fc.record({ at: fc.nat(whole.length - 1), byte: fc.nat(255) });
    await fc.assert(
      fc.asyncProperty(
        fc.array(change, { maxLength: 6 }),
        fc.nat(whole.length),
        fc.boolean(),
        async (changes, length, isCut) => {
          const data = Buffer.from(isCut ? whole.subarray(0, length) : whole);
          for (const { at, byte } of changes) if (at < data.length) data[at] = byte;

          expect(typeof (await codeOf("a.xlsx", data))).toBe("string");
        },
      ),
      { numRuns: 300 },
    );
  });
});
