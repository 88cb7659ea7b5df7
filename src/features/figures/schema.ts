import { z } from "zod";
import { parseDate, toIsoDate } from "@/lib/format/date";
import { FIGURE_FIELDS, FIGURE_PAIRS, FIRST_FIGURE_YEAR, LIST_FIELDS } from "./constants";
import type { FigureCell } from "./types";
import { cellName } from "./utils";

const MOST = 1_000_000_000;

/** One entered count; null for an empty cell. Undefined: no count. */
export function countOf(text: string): number | null | undefined {
  const trimmed = text.trim();
  if (trimmed === "") return null;
  const value = Number(trimmed);

  return Number.isInteger(value) && value >= 0 && value <= MOST ? value : undefined;
}

/** What the form was opened with, by cell: lets a stale save be seen, and leaves alone what nobody touched. */
const Base = z.record(z.string(), z.object({ value: z.number().nullable(), version: z.int().min(0) }));
type Base = z.infer<typeof Base>;

const BaseText = z.string().transform((text, context) => {
  try {
    return Base.parse(JSON.parse(text));
  } catch {
    context.addIssue({ code: "custom", message: "Hãy tải lại trang." });

    return z.NEVER;
  }
});

const Year = z.coerce.number().int().min(FIRST_FIGURE_YEAR).max(2100);
const UnitId = z.coerce.number().int().positive();

/** Where the numbers are from, and of what day that is; either may stay empty where nothing was touched. */
const Origin = {
  source: z.string().trim().max(300, "Nguồn quá dài (tối đa 300 ký tự).").normalize("NFC"),
  datedOn: z.string().transform((text, context) => {
    if (text.trim() === "") return null;
    const day = parseDate(text);
    if (day !== null && day <= toIsoDate(new Date()) && day >= "1990-01-01") return day;
    context.addIssue({
      code: "custom",
      message: "Hãy ghi một ngày có thật, không sau hôm nay, ví dụ 20/12/2024.",
    });

    return z.NEVER;
  }),
};

type Context = { addIssue: (issue: { code: "custom"; path: string[]; message: string }) => void };

/** Reads the counts of one unit from the texts of a form, and tells which parts are more than their wholes. */
function readCells(
  texts: Readonly<Record<string, unknown>>,
  unit: { id: number; keys: readonly string[]; nameOf: (key: string) => string; base: Base },
  context: Context,
): FigureCell[] {
  const values = new Map<string, number | null>();
  for (const key of unit.keys) {
    const text = texts[unit.nameOf(key)];
    if (typeof text !== "string") continue;
    const value = countOf(text);
    if (value !== undefined) values.set(key, value);
    else
      context.addIssue({
        code: "custom",
        path: [unit.nameOf(key)],
        message: "Hãy nhập số nguyên từ 0 trở lên, ví dụ 1.234.",
      });
  }
  for (const [part, whole] of FIGURE_PAIRS) {
    const [few, all] = [values.get(part), values.get(whole)];
    if (typeof few !== "number" || typeof all !== "number" || few <= all) continue;
    context.addIssue({
      code: "custom",
      path: [unit.nameOf(part)],
      message: "Số này lớn hơn tổng số; hãy xem lại một trong hai.",
    });
  }

  return [...values].map(([key, value]) => ({
    unitId: unit.id,
    key,
    value,
    base: unit.base[unit.nameOf(key)] ?? { value: null, version: 0 },
  }));
}

/** The figures of one unit and year as the form sends them, one text per key. */
export const SaveFigures = z
  .looseObject({ unitId: UnitId, year: Year, base: BaseText, ...Origin })
  .transform(({ unitId, year, base, source, datedOn, ...texts }, context) => {
    const keys = FIGURE_FIELDS.map(({ key }) => key);
    const cells = readCells(texts, { id: unitId, keys, nameOf: (key) => key, base }, context);

    return { unitId, year, source, datedOn, cells, nameOf: "key" as const };
  });
export type SaveFigures = z.output<typeof SaveFigures>;

/** The figures of the units below one, in one year, as the grid sends them: a text per unit and key. */
export const SaveFigureGrid = z
  .looseObject({ unitId: UnitId, year: Year, base: BaseText, ...Origin })
  .transform(({ unitId, year, base, source, datedOn, ...texts }, context) => {
    const keys = LIST_FIELDS.map(({ key }) => key);
    const units = new Set(Object.keys(texts).flatMap((name) => /^(\d{1,9})\.[a-z_]+$/.exec(name)?.[1] ?? []));
    const cells = [...units].flatMap((unit) =>
      readCells(
        texts,
        { id: Number(unit), keys, nameOf: (key) => cellName(Number(unit), key), base },
        context,
      ),
    );

    return { unitId, year, source, datedOn, cells, nameOf: "cell" as const };
  });
export type SaveFigureGrid = z.output<typeof SaveFigureGrid>;

/** What goes with a file of figures. */
export const UploadFigures = z.object({
  requestId: z.uuid(),
  unitId: UnitId,
  year: Year,
  source: Origin.source.min(1, "Hãy ghi nguồn của số liệu, ví dụ “Niên giám thống kê huyện 2024”."),
  datedOn: Origin.datedOn.pipe(z.string("Hãy ghi ngày của nguồn, ví dụ 20/12/2024.")),
});
export type UploadFigures = z.output<typeof UploadFigures>;

export const FigureBatchId = z.object({ batchId: z.uuid() });
