import { mkdtemp, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { buffer } from "node:stream/consumers";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openSpreadsheet } from "@/lib/spreadsheet/read";
import type { WriteSheet } from "@/lib/spreadsheet/write";
import { writeWorkbook } from "@/lib/spreadsheet/write";
import { badRowSheets } from "../bad-rows";
import { draftOf, planOf } from "../columns/draft";
import type { ImportPlan, ParsedRow } from "../types";
import { lookInto } from "./look";
import { parseRows } from "./rows";

// The same three lines as three old typewriters leave them.
const TYPED = {
  TCVN3: [
    ["TT", "Hä vµ tªn chñ hé", "N¨m sinh", "Th«n", "Hé nghÌo"],
    ["1", "NguyÔn V¨n Thö", "1970", "Bê Suèi", ""],
    ["2", "§Æng ThÞ Thö", "ch\u00ADa râ", "§ång MÝa", "x"],
  ],
  VNI: [
    ["TT", "Hoï vaø teân chuû hoä", "Naêm sinh", "Thoân", "Hoä ngheøo"],
    ["1", "Nguyeãn Vaên Thöû", "1970", "Bôø Suoái", ""],
    ["2", "Ñaëng Thò Thöû", "chöa roõ", "Ñoàng Mía", "x"],
  ],
} as const;

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), "legacy-"));
});
afterAll(async () => await rm(folder, { recursive: true }));

async function fileOf(lines: readonly (readonly string[])[], kind: "xlsx" | "csv"): Promise<string> {
  const file = path.join(folder, `list.${kind}`);
  const [header = [], ...rows] = lines;
  await writeFile(
    file,
    kind === "csv"
      ? Buffer.from(lines.map((cells) => cells.join(";")).join("\r\n"), "latin1")
      : await buffer(
          writeWorkbook({
            sheets: [
              {
                name: "DS",
                columns: header.map((text) => ({ header: text })),
                rows: rows.map((row) => [...row]),
              },
            ],
          }),
        ),
  );

  return file;
}

describe("a list typed in an old font", () => {
  it.each([
    ["TCVN3", "xlsx"],
    ["TCVN3", "csv"],
    ["VNI", "xlsx"],
    ["VNI", "csv"],
  ] as const)(
    "%s as .%s: its columns are known, and it is read in Unicode when asked",
    async (encoding, kind) => {
      const file = await fileOf(TYPED[encoding], kind);
      const list = await openSpreadsheet(file, { fileName: `list.${kind}`, hasLegacy: true });
      const [look] = await lookInto(list, { communeHamlets: [] });
      if (!look) throw new Error("no sheet");
      expect(look.legacy?.encoding).toBe(encoding);
      expect(look.legacy?.after).toBe("Họ và tên chủ hộ");
      expect(look).toMatchObject({ target: "FAMILY", headerRow: 1 });
      expect(look.columns.map(({ field }) => field)).toEqual([
        null,
        "name",
        "headBirthYear",
        "hamlet",
        "poverty",
      ]);

      const sheet = planOf(draftOf(look));
      if (!sheet) throw new Error("no plan");
      const plan: ImportPlan = {
        year: 2026,
        sheets: [sheet],
        policy: "SKIP",
        hamlets: {},
        takeRegistrations: false,
        takeResults: false,
        legacy: encoding,
      };
      const rows: ParsedRow[] = [];
      for await (const row of parseRows(list, plan)) rows.push(row);
      expect(rows.map(({ facts }) => facts)).toEqual([
        { name: "Nguyễn Văn Thử", headBirthYear: 1970, hamlet: "Bờ Suối" },
        { name: "Đặng Thị Thử", hamlet: "Đồng Mía", poverty: "POOR" },
      ]);
      expect(rows[1]?.problems.map(({ code }) => code)).toEqual(["BIRTH_YEAR_NOT_A_YEAR"]);

      const [bad] = await badRowSheets(list, plan, [
        { sheet: look.sheet, rowNumber: 3, problems: rows[1]?.problems ?? [] },
      ]);
      expect(bad?.columns.map(({ header }) => header)).toContain("Họ và tên chủ hộ");
      expect((await cellsOf(bad))[0]?.slice(1, 3)).toEqual(["Đặng Thị Thử", "chưa rõ"]);

      const asItIs: ParsedRow[] = [];
      for await (const row of parseRows(list, { ...plan, legacy: null })) asItIs.push(row);
      expect(asItIs[0]?.facts.name).not.toBe("Nguyễn Văn Thử");
      await list.close();
    },
  );

  it("is refused as a CSV where nobody turns it into Unicode, and other encodings always", async () => {
    const file = await fileOf(TYPED.TCVN3, "csv");
    await expect(openSpreadsheet(file, { fileName: "list.csv" })).rejects.toMatchObject({ code: "ENCODING" });
    await writeFile(file, Buffer.from("Nom;Prénom\r\nLéa;Zoé\r\n", "latin1"));
    await expect(openSpreadsheet(file, { fileName: "list.csv", hasLegacy: true })).rejects.toMatchObject({
      code: "ENCODING",
    });
  });
});

async function cellsOf(sheet: WriteSheet | undefined): Promise<unknown[][]> {
  const rows: unknown[][] = [];
  if (sheet) for await (const cells of sheet.rows) rows.push(Array.isArray(cells) ? [...cells] : []);

  return rows;
}
