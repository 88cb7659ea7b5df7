import { z } from "zod";

const Version = z.coerce.number().int().positive().optional();

/** One entry, or everything of a dossier that waits (`assessmentId` left out); `expected` is the count confirmed. */
export const ApproveEntries = z.object({
  dossierId: z.uuid(),
  assessmentId: z.uuid().optional(),
  version: Version,
  expected: z.coerce.number().int().min(1).optional(),
});
export type ApproveEntries = z.infer<typeof ApproveEntries>;

/** Why an entry goes back to the commune. */
export const RequestChanges = z.object({
  assessmentId: z.uuid(),
  version: Version,
  reason: z
    .string()
    .trim()
    .min(1, "Hãy ghi lý do trả lại để xã biết cần bổ sung gì.")
    .max(1000, "Lý do dài quá 1.000 ký tự."),
});
export type RequestChanges = z.infer<typeof RequestChanges>;
