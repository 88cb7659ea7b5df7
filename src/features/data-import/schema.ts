import { z } from "zod";
import { TitleCode } from "@/domain/title/title";
import { HAMLET_KINDS } from "@/features/registry/constants";
import { LEGACY_ENCODINGS } from "@/lib/text/legacy-vietnamese";
import { IMPORT_FIELDS } from "./types";

const MAX_SHEETS = 300;
const MAX_COLUMNS = 300;
const MAX_HAMLETS = 500;
const MAX_ROW = 1_048_576;

const BatchId = z.uuid();
const Version = z.coerce.number().int().positive();
const Policy = z.enum(["STOP", "SKIP", "UPDATE"]);

const SheetPlan = z.object({
  sheet: z.string().max(300),
  target: TitleCode,
  headerRow: z.int().min(1).max(MAX_ROW),
  columns: z
    .array(z.object({ index: z.int().min(0).max(16_383), field: z.enum(IMPORT_FIELDS) }))
    .max(MAX_COLUMNS),
  hamletText: z.string().trim().max(300).nullable(),
});

const HamletChoice = z.union([
  z.object({ unitId: z.int().positive() }),
  z.object({
    create: z.object({
      name: z.string().trim().min(1).max(200).normalize("NFC"),
      kind: z.enum(HAMLET_KINDS),
    }),
  }),
]);
const HamletChoices = z
  .record(z.string().min(1).max(300), HamletChoice)
  .refine((choices) => Object.keys(choices).length <= MAX_HAMLETS);

/** A text field that carries JSON made by the page itself: anything else means a page older than the server. */
function json<S extends z.ZodType>(schema: S) {
  return z.string().transform((text, context): z.output<S> => {
    try {
      return schema.parse(JSON.parse(text));
    } catch {
      context.addIssue({ code: "custom", message: "Trang đã cũ. Hãy tải lại trang rồi chọn lại." });

      return z.NEVER;
    }
  });
}

/** What the columns step sends; the hamlets are chosen at the check. */
export const PlanInput = z.object({
  batchId: BatchId,
  version: Version,
  plan: json(
    z.object({
      year: z.int().min(1990).max(2100),
      policy: Policy,
      takeRegistrations: z.boolean(),
      takeResults: z.boolean(),
      legacy: z.enum(LEGACY_ENCODINGS).nullable().default(null),
      sheets: z.array(SheetPlan).min(1).max(MAX_SHEETS),
    }),
  ),
});
export type PlanInput = z.output<typeof PlanInput>;

/** What becomes of hamlets named in the file that the commune does not have, by search key. */
export const HamletsInput = z.object({ batchId: BatchId, version: Version, hamlets: json(HamletChoices) });
export type HamletsInput = z.output<typeof HamletsInput>;

export const PolicyInput = z.object({ batchId: BatchId, version: Version, policy: Policy });

/** A decision on doubtful rows: those named, or all of them where no row is named. */
export const DecideInput = z.object({
  batchId: BatchId,
  version: Version,
  decision: z.enum(["NEW", "SAME", "LEAVE"]),
  ordinals: z
    .string()
    .regex(/^\d+(?:,\d+)*$/)
    .max(2000)
    .transform((text) => text.split(",").map(Number))
    .optional(),
});

/** The number of rows stands on the button: exactly these are written or nothing. */
export const WriteInput = z.object({
  batchId: BatchId,
  version: Version,
  expected: z.coerce.number().int().min(0),
});

export const BatchInput = z.object({ batchId: BatchId, version: Version });

export const UnitId = z.coerce.number().int().positive().max(2_147_483_647);

/** What is said of a file beside its bytes: in headers, because the body is the file itself. */
export const UploadHeaders = z.object({
  requestId: z.uuid(),
  communeId: UnitId,
  fileName: z.string().trim().min(1).max(255).normalize("NFC"),
});
export type UploadHeaders = z.output<typeof UploadHeaders>;
