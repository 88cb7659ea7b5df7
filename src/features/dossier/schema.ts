import { z } from "zod";
import { TitleCode } from "@/domain/title/title";

/** A list of ids of one form: "id,id,id"; left out when the form means everything that is ready. */
const IdList = z
  .string()
  .transform((text) => text.split(",").filter(Boolean))
  .pipe(z.array(z.uuid("Mục không hợp lệ.")).min(1, "Hãy chọn ít nhất một mục.").max(20_000))
  .optional();

/** What the commune confirms: its title and year, how many were shown as ready, or the single entries to send. */
export const SubmitDossier = z.object({
  communeId: z.coerce.number().int().positive().max(2_147_483_647),
  title: TitleCode,
  year: z.coerce.number().int().min(2000).max(2100),
  assessmentIds: IdList,
  expected: z.coerce.number().int().min(0).optional(),
});
export type SubmitDossier = z.infer<typeof SubmitDossier>;
