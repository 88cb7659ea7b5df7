import { z } from "zod";
import { HAMLET_KINDS } from "@/features/registry/constants";
import { parseDate } from "@/lib/format/date";
import { cleanText } from "@/lib/text/name";
import { NEW_HAMLET } from "./constants";

const unitId = z.coerce.number().int().positive().max(2_147_483_647);

const name = z
  .string({ error: "Hãy nhập tên thôn." })
  .transform(cleanText)
  .pipe(z.string().min(1, "Hãy nhập tên thôn.").max(200, "Tên dài tối đa 200 chữ."));

const optionalName = z
  .string()
  .optional()
  .transform((text) => cleanText(text ?? ""))
  .pipe(z.string().max(200, "Tên dài tối đa 200 chữ."));

const kind = z.enum(HAMLET_KINDS, { error: "Hãy chọn loại." });

const day = z.string({ error: "Hãy nhập ngày." }).transform((text, context) => {
  const date = parseDate(text);
  if (date !== null && date >= "1900-01-01") return date;
  context.addIssue({
    code: "custom",
    message: text.trim() === "" ? "Hãy nhập ngày." : "Ngày không đúng. Hãy nhập ngày/tháng/năm.",
  });

  return z.NEVER;
});

/** Ids of a list ticked on screen, joined by spaces. */
const ids = z
  .string()
  .default("")
  .transform((text) => [...new Set(text.split(" ").filter((id) => id !== ""))])
  .pipe(z.array(z.uuid("Hãy tải lại trang.")).max(5_000));

/** Another name or kind of a hamlet from a day on, by a decision of the commune. */
export const RenameHamlet = z.object({ hamletId: unitId, name, kind, on: day });
export type RenameHamlet = z.infer<typeof RenameHamlet>;

/** Several hamlets become one: one of them that goes on, or a new one. `from.<id>` ticks a hamlet that ends. */
export const MergeHamlets = z.preprocess(
  (values) => {
    if (typeof values !== "object" || values === null) return values;
    const ticked = Object.keys(values).flatMap((key) => /^from\.(\d{1,10})$/.exec(key)?.[1] ?? []);

    return { ...values, from: ticked };
  },
  z
    .object({
      communeId: unitId,
      from: z.array(unitId),
      into: z.union([z.literal(NEW_HAMLET), unitId], { error: "Hãy chọn thôn sau sáp nhập." }),
      name: optionalName,
      kind: kind.default("Thôn"),
      on: day,
      /** how many entries of each hamlet the person saw, as JSON by unit id */
      seen: z.string().max(20_000),
    })
    .transform((input, context) => {
      const from = input.from.filter((id) => id !== input.into);
      if (from.length < (input.into === NEW_HAMLET ? 2 : 1)) {
        const message =
          input.into === NEW_HAMLET
            ? "Hãy chọn ít nhất hai thôn nhập lại thành thôn mới."
            : "Hãy chọn ít nhất một thôn khác nhập vào thôn này.";
        context.addIssue({ code: "custom", path: ["into"], message });
      }
      if (input.into === NEW_HAMLET && input.name === "") {
        context.addIssue({ code: "custom", path: ["name"], message: "Hãy nhập tên thôn mới." });
      }
      const seen = z.record(z.string(), z.number()).safeParse(parseJson(input.seen));
      if (!seen.success) context.addIssue({ code: "custom", path: ["into"], message: "Hãy tải lại trang." });

      return { ...input, from, seen: seen.data ?? {} };
    }),
);
export type MergeHamlets = z.output<typeof MergeHamlets>;

/** Part of a hamlet becomes a new one. Households named in `chosen` take their members along. */
export const SplitHamlet = z
  .object({
    hamletId: unitId,
    name,
    kind,
    on: day,
    chosen: ids,
    /** the old hamlet goes on, or ends and what is not chosen becomes a second new hamlet */
    rest: z.enum(["STAYS", "NEW"]),
    restName: optionalName,
    restKind: kind.default("Thôn"),
  })
  .superRefine(({ chosen, rest, restName }, context) => {
    if (chosen.length === 0) {
      context.addIssue({
        code: "custom",
        path: ["chosen"],
        message: "Hãy chọn ít nhất một hộ sang thôn mới.",
      });
    }
    if (rest === "NEW" && restName === "") {
      context.addIssue({
        code: "custom",
        path: ["restName"],
        message: "Hãy nhập tên thôn của phần còn lại.",
      });
    }
  });
export type SplitHamlet = z.infer<typeof SplitHamlet>;

/** Whether a hamlet is specially difficult in a year. */
export const ClassifyHamlet = z.object({
  hamletId: unitId,
  year: z.coerce.number().int().min(2014).max(2100),
  isDifficult: z.enum(["1", "0"]).transform((value) => value === "1"),
});
export type ClassifyHamlet = z.infer<typeof ClassifyHamlet>;

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
