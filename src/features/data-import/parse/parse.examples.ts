import type { ReadCell, Spreadsheet } from "@/lib/spreadsheet/spreadsheet";
import type { ImportPlan, ParsedRow, SheetLook } from "../types";
import { lookInto } from "./look";
import { parseRows } from "./rows";

/** A spreadsheet of one sheet that stands in memory. */
export function sheetOf(rows: readonly (readonly ReadCell[])[], sheet = "Trang 1"): Spreadsheet {
  return {
    format: "XLSX",
    sheets: [{ name: sheet, isHidden: false }],
    rows: async function* () {
      for (const [at, cells] of rows.entries()) {
        if (cells.some((cell) => cell !== null)) yield { number: at + 1, cells };
      }
    },
    merges: async () => [],
    close: async () => undefined,
  };
}

/** The plan that takes every look as it was guessed. */
export function planOf(looks: readonly SheetLook[]): ImportPlan {
  return {
    year: 2024,
    policy: "SKIP",
    hamlets: {},
    takeRegistrations: true,
    takeResults: true,
    sheets: looks.flatMap(({ sheet, target, headerRow, columns, hamletText }) => {
      if (target === null || headerRow === null) return [];
      const mapped = columns.flatMap(({ index, field }) => (field === null ? [] : [{ index, field }]));

      return [{ sheet, target, headerRow, columns: mapped, hamletText }];
    }),
  };
}

/** What is read of a file when every guess is taken. */
export async function readAsGuessed(
  spreadsheet: Spreadsheet,
  hamlets: readonly string[] = [],
  currentYear = 2026,
): Promise<{ looks: SheetLook[]; rows: ParsedRow[] }> {
  const looks = await lookInto(spreadsheet, { communeHamlets: hamlets.map((name) => ({ name })) });
  const rows: ParsedRow[] = [];
  for await (const row of parseRows(spreadsheet, planOf(looks), { currentYear })) rows.push(row);

  return { looks, rows };
}
