import { z } from "zod";

/** The decision as it stands on paper. Dates in the future or before the submission are refused on the server's day. */
export const DecideDossier = z.object({
  dossierId: z.uuid(),
  expected: z.coerce.number().int().min(1).optional(),
  number: z
    .string()
    .trim()
    .min(1, "Hãy ghi số quyết định, ví dụ 125/QĐ-UBND.")
    .max(60, "Số quyết định dài quá 60 ký tự."),
  decidedOn: z.iso.date("Ngày quyết định ghi theo dạng ngày/tháng/năm, ví dụ 05/01/2027."),
  signer: z
    .string()
    .trim()
    .min(1, "Hãy ghi người ký quyết định.")
    .max(120, "Tên người ký dài quá 120 ký tự."),
});
export type DecideDossier = z.infer<typeof DecideDossier>;
