import { execFile } from "node:child_process";
import { createWriteStream, existsSync } from "node:fs";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { promisify } from "node:util";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { CellValue } from "./cell";
import { guardText, LONGEST_TEXT, unguardText } from "./cell";
import { openSpreadsheet } from "./read";
import { writeWorkbook } from "./write";
import { writeCsv } from "./write-csv";

const OFFICE = "/usr/bin/soffice";
const COLUMNS = ["Một", "Hai", "Ba"].map((header) => ({ header }));
const FORMULAS = [
  "=1+1",
  "+84912",
  "-5",
  "@SUM(A1)",
  "\t=1",
  '=HYPERLINK("http://a.vn")',
  "'=1",
  "''+1",
  "＝1",
];

const day = fc
  .date({ min: new Date("1900-03-01"), max: new Date("2199-12-31"), noInvalidDate: true })
  .map((date) => ({ date: date.toISOString().slice(0, 10) }));
const text = fc.oneof(
  fc.string({ unit: "grapheme", minLength: 1 }),
  fc.string({ unit: "binary", minLength: 1 }),
  fc.constantFrom(
    ...FORMULAS,
    "Nguyễn Thị Ánh",
    "a_x000B_b",
    "_x005F_",
    " giữa ",
    "dòng\nhai",
    "\u0001",
    "\ud800",
    "]]>&<\"'",
  ),
);
const cell: fc.Arbitrary<CellValue> = fc.oneof(
  fc.constant(null),
  text,
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((number) => (number === 0 ? 0 : number)),
  fc.integer(),
  fc.boolean(),
  day,
);

describe("workbooks", { timeout: 60_000 }, () => {
  let folder = "";
  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "hieu-hoc-write-"));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  async function save(bytes: Readable, name: string): Promise<string> {
    const file = path.join(folder, name);
    await pipeline(bytes, createWriteStream(file));

    return file;
  }

  /** Every sheet that is shown, as read back; trailing empty cells do not count. */
  async function readSheets(file: string): Promise<Record<string, unknown[][]>> {
    const spreadsheet = await openSpreadsheet(file, { fileName: path.basename(file) });
    try {
      const sheets: Record<string, unknown[][]> = {};
      for (const { name, isHidden } of spreadsheet.sheets) {
        if (isHidden) continue;
        const rows: unknown[][] = [];
        for await (const row of spreadsheet.rows(name)) rows.push(trim(row.cells));
        sheets[name] = rows;
      }

      return sheets;
    } finally {
      await spreadsheet.close();
    }
  }

  const trim = (cells: readonly unknown[]) => cells.slice(0, cells.findLastIndex((one) => one !== null) + 1);
  const filled = (rows: readonly (readonly CellValue[])[]) => rows.map(trim).filter((row) => row.length > 0);

  it("are read back as they were written, whatever a cell holds", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(cell, { minLength: 3, maxLength: 3 }), { maxLength: 8 }),
        async (rows) => {
          const file = await save(
            writeWorkbook({ sheets: [{ name: "A", columns: COLUMNS, rows }] }),
            "a.xlsx",
          );

          expect((await readSheets(file)).A?.slice(1)).toEqual(filled(rows));
        },
      ),
      { numRuns: 60 },
    );
  });

  it("go on in a second sheet where the first is full, no row lost or twice", async () => {
    const rows = Array.from({ length: 25 }, (_, index) => [index, `hàng ${index}`, null]);
    const sheets = [
      { name: "Sổ: [2025]", columns: COLUMNS, rows, above: ["Dòng đầu"] },
      { name: "sổ  2025", columns: COLUMNS, rows: [] },
    ];
    const read = await readSheets(await save(writeWorkbook({ sheets, maxRows: 12 }), "b.xlsx"));

    expect(Object.keys(read)).toHaveLength(4);
    const data = Object.values(read).flatMap((sheet) => sheet.filter(([first]) => typeof first === "number"));
    expect(data).toEqual(filled(rows));
    for (const sheet of Object.values(read).slice(0, 3)) expect(sheet[0]).toEqual(["Dòng đầu"]);
  });

  it("cut a text that Excel would call damage", async () => {
    const rows = [["a".repeat(LONGEST_TEXT + 10)]];
    const read = await readSheets(
      await save(writeWorkbook({ sheets: [{ name: "A", columns: COLUMNS, rows }] }), "c.xlsx"),
    );

    expect(String(read.A?.[1]?.[0])).toHaveLength(LONGEST_TEXT);
  });

  it("draw rows only as fast as they are taken, and end the source when the reader leaves", async () => {
    let drawn = 0;
    let isEnded = false;
    async function* endless() {
      try {
        for (;;) yield [++drawn, "Nguyễn Văn Thử", "Thôn Thử"];
      } finally {
        isEnded = true;
      }
    }
    const bytes = writeWorkbook({ sheets: [{ name: "A", columns: COLUMNS, rows: endless(), above: [] }] });
    await new Promise((resolve) => bytes.once("readable", resolve));
    await expect
      .poll(
        async () => {
          const before = drawn;
          await new Promise((resolve) => setTimeout(resolve, 500));

          return drawn - before;
        },
        { timeout: 15_000 },
      )
      .toBe(0);
    expect(drawn).toBeLessThan(100_000);

    bytes.destroy();
    await expect.poll(() => isEnded).toBe(true);
  });

  it("fail when their source fails", async () => {
    async function* broken() {
      yield [1, null, null];
      throw new Error("the source broke");
    }

    await expect(
      save(writeWorkbook({ sheets: [{ name: "A", columns: COLUMNS, rows: broken() }] }), "d.xlsx"),
    ).rejects.toThrow("the source broke");
  });

  it("CSV: text is read back as it was, and no field begins like a formula", async () => {
    const line = fc.oneof(
      fc.constantFrom(...FORMULAS),
      fc
        .string({ unit: "grapheme", minLength: 1 })
        .filter((one) => one.trim() === one && !/[\r\n\ufeff]/.test(one)),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.constant("hàng"), line, line), { minLength: 1, maxLength: 6 }),
        async (rows) => {
          const file = await save(writeCsv({ columns: COLUMNS, rows }), "e.csv");
          const [sheet] = Object.values(await readSheets(file));

          expect(sheet?.slice(1)).toEqual(rows);
          expect(await readFile(file, "utf8")).not.toMatch(/(?:^|,|\n)"?[=+@＝＋＠-]/m);
        },
      ),
      { numRuns: 60 },
    );
  });

  it("the apostrophe before a formula comes off again", () => {
    fc.assert(
      fc.property(fc.oneof(text, fc.constantFrom(...FORMULAS)), (one) => {
        expect(unguardText(guardText(one))).toBe(one);
        expect(guardText(one)).not.toMatch(/^[=+\-@\t\r\n＝＋－＠]/);
      }),
    );
  });

  it.runIf(existsSync(OFFICE))(
    "open in an office program without repair, and nothing is calculated",
    async () => {
      const rows = FORMULAS.filter((one) => !one.startsWith("\t")).map((one) => [
        one,
        "Bình thường",
        { date: "2024-02-29" },
      ]);
      const file = await save(
        writeWorkbook({
          sheets: [
            {
              name: "Danh sách",
              columns: [
                { header: "Chữ", choices: ["a", "b"], hint: "Chọn" },
                { header: "Hai" },
                { header: "Ngày", type: "date" },
              ],
              rows,
              isHeaderLocked: true,
            },
          ],
        }),
        "office.xlsx",
      );
      await promisify(execFile)(OFFICE, [
        "--headless",
        `-env:UserInstallation=file://${folder}/profile`,
        "--convert-to",
        "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,1",
        "--outdir",
        path.join(folder, "office"),
        file,
      ]);
      const [made] = await readdir(path.join(folder, "office"));
      const lines = (await readFile(path.join(folder, "office", made ?? ""), "utf8")).split("\n");

      expect(lines[0]).toBe("Chữ,Hai,Ngày");
      for (const [index, row] of rows.entries()) {
        const shown = (lines[index + 1] ?? "").replace(/^"|"(?=,Bình)/g, "").replaceAll('""', '"');
        expect(shown.startsWith(String(row[0]))).toBe(true);
        expect(shown).toContain("02/29/2024");
      }
    },
  );
});
