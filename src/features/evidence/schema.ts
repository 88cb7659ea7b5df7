import { z } from "zod";
import { cleanText } from "@/lib/text/name";

/** Most files of one item. */
export const MAX_FILES_PER_ITEM = 10;

/** The fields that come with an uploaded file. */
export const UploadFields = z.object({
  requestId: z.uuid(),
  label: z.string().max(80, { error: "Mô tả dài nhất 80 ký tự." }).transform(cleanText).optional(),
});
export type UploadFields = z.infer<typeof UploadFields>;

export const RemoveEvidenceInput = z.object({
  linkId: z.uuid({ error: "Không tìm thấy." }),
  assessmentId: z.uuid({ error: "Không tìm thấy." }),
});
export type RemoveEvidenceInput = z.infer<typeof RemoveEvidenceInput>;
