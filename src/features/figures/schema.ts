import { z } from "zod";
import { FIGURE_FIELDS, FIGURE_PAIRS, FIRST_FIGURE_YEAR } from "./constants";

const MOST = 1_000_000_000;

const Count = z
  .string()
  .trim()
  .transform((text, context) => {
    if (text === "") return null;
    const value = Number(text);
    if (Number.isInteger(value) && value >= 0 && value <= MOST) return value;
    context.addIssue({ code: "custom", message: "Hãy nhập số nguyên từ 0 trở lên, ví dụ 1.234." });

    return z.NEVER;
  });

/** What the form was opened with, by key: lets a stale save be seen, and leaves alone what nobody touched. */
const Base = z.record(z.string(), z.object({ value: z.number().nullable(), version: z.int().min(0) }));

const BaseText = z.string().transform((text, context) => {
  try {
    return Base.parse(JSON.parse(text));
  } catch {
    context.addIssue({ code: "custom", message: "Hãy tải lại trang." });

    return z.NEVER;
  }
});

const counts = Object.fromEntries(FIGURE_FIELDS.map(({ key }) => [key, Count.optional()]));

/** The figures of one unit and year as the form sends them, one text per key. */
export const SaveFigures = z
  .object({
    unitId: z.coerce.number().int().positive(),
    year: z.coerce.number().int().min(FIRST_FIGURE_YEAR).max(2100),
    base: BaseText,
    source: z.string().trim().max(300, "Nguồn quá dài (tối đa 300 ký tự).").normalize("NFC"),
  })
  .and(z.object(counts))
  .transform(({ unitId, year, base, source, ...rest }, context) => {
    const figures: Record<string, number | null> = {};
    for (const { key } of FIGURE_FIELDS) {
      const value = (rest as Record<string, number | null | undefined>)[key];
      if (value !== undefined) figures[key] = value;
    }
    for (const [part, whole] of FIGURE_PAIRS) {
      const [few, all] = [figures[part], figures[whole]];
      if (typeof few !== "number" || typeof all !== "number" || few <= all) continue;
      context.addIssue({
        code: "custom",
        path: [part],
        message: "Số này lớn hơn tổng số; hãy xem lại một trong hai.",
      });
    }

    return { unitId, year, base, source, figures };
  });
export type SaveFigures = z.output<typeof SaveFigures>;
