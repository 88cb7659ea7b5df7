import { createWriteStream } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { pipeline } from "node:stream/promises";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openSpreadsheet } from "@/lib/spreadsheet/read";
import type { Spreadsheet } from "@/lib/spreadsheet/spreadsheet";
import { writeWorkbook } from "@/lib/spreadsheet/write";
import { badRowSheets, REASON_HEADER } from "./bad-rows";
import { draftOf, planOf } from "./columns/draft";
import { lookInto } from "./parse/look";
import { parseRows } from "./parse/rows";
import type { ImportPlan, ParsedRow } from "./types";

const LISTS = fileURLToPath(new URL("../../../tests/fixtures/lists/", import.meta.url));
let folder = "";

beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), "bad-rows-"));
});
afterAll(async () => await rm(folder, { recursive: true }));

describe("the file of bad rows", () => {
  it.each([
    ["04-hai-tram-dong-co-loi.xlsx", (row: ParsedRow) => row.problems.length > 0, 21],
    // Two header lines, and the hamlet only in section rows, which are not taken along.
    ["01-ho-gia-dinh-mot-trang.xlsx", (row: ParsedRow) => row.rowNumber % 7 === 0, 26],
    ["02-nhan-khau-moi-thon-mot-trang.xlsx", (row: ParsedRow) => row.rowNumber % 9 === 0, 16],
  ])(
    "%s: read again, its rows say the same as in the list they came from",
    { timeout: 60_000 },
    async (name, isBad, count) => {
      const list = await openSpreadsheet(path.join(LISTS, name), { fileName: name });
      const plan = await planFor(list);
      const bad = (await rowsOf(list, plan)).filter(isBad);
      expect(bad.length).toBe(count);

      const copy = path.join(folder, name);
      const sheets = await badRowSheets(
        list,
        plan,
        bad.map((row) => ({ ...row, problems: [{ field: "name", column: null, code: "NAME_MISSING" }] })),
      );
      await pipeline(writeWorkbook({ sheets }), createWriteStream(copy));
      await list.close();

      const again = await openSpreadsheet(copy, { fileName: name });
      const rows = await rowsOf(again, await planFor(again));
      const looks = await lookInto(again, { communeHamlets: [] });
      await again.close();

      expect(rows.map(said)).toEqual(bad.map(said));
      for (const look of looks) {
        expect(look.columns.find(({ header }) => header.endsWith(REASON_HEADER))).toMatchObject({
          field: null,
          samples: ["Họ và tên: Không có tên. Ghi họ và tên (hoặc tên gọi) vào ô này."].map((text) =>
            look.target === "FAMILY" ? text.replace("Họ và tên", "Họ và tên chủ hộ") : text,
          ),
        });
      }
    },
  );
});

/** What a row says of an entry, apart from where it stands. */
function said({ sheet, target, facts, problems }: ParsedRow) {
  const { householdNumber: _place, ...rest } = facts;

  return { sheet, target, facts: rest, problems: problems.map(({ code }) => code) };
}

async function planFor(list: Spreadsheet): Promise<ImportPlan> {
  const looks = await lookInto(list, { communeHamlets: [] });

  return {
    year: 2026,
    sheets: looks.flatMap((look) => planOf(draftOf(look)) ?? []),
    policy: "SKIP",
    hamlets: {},
    takeRegistrations: true,
    takeResults: true,
  };
}

async function rowsOf(list: Spreadsheet, plan: ImportPlan): Promise<ParsedRow[]> {
  const rows: ParsedRow[] = [];
  for await (const row of parseRows(list, plan)) rows.push(row);

  return rows;
}
