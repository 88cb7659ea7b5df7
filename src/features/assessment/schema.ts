import { z } from "zod";
import { Answer } from "@/domain/criteria/answer";
import { TitleCode } from "@/domain/title/title";

/** Opening the assessment of a subject in a year; `stay` keeps the person on the list ("Đăng ký" alone). */
export const OpenAssessmentInput = z.object({
  subjectId: z.uuid({ error: "Không tìm thấy." }),
  year: z.coerce.number({ error: "Năm chưa hợp lệ." }).int().min(2000).max(2100),
  stay: z.enum(["1"]).optional(),
});
export type OpenAssessmentInput = z.infer<typeof OpenAssessmentInput>;

/**
 * One cell of a scoring sheet. `answer` null takes the answer away; `previous` is what stood there when it was changed, so
 * that two people who change the same cell notice each other.
 */
export const SaveAnswerInput = z.object({
  requestId: z.uuid(),
  answer: Answer.nullable(),
  previous: Answer.nullable(),
});
export type SaveAnswerInput = z.infer<typeof SaveAnswerInput>;

/** What a saved cell answers: the score of the whole sheet as the server counts it. */
export type SavedAnswer = {
  itemCode: string;
  savedAt: string;
  version: number;
  state: string;
  total: number;
  classification: string | null;
  missingCount: number;
  isComplete: boolean;
  isRecognisable: boolean;
};

/** A search by name inside a unit, sent in a body so that no name stands in an address. */
export const SearchInput = z.object({
  unitId: z.int().min(1).max(2_147_483_647),
  title: TitleCode,
  year: z.int().min(2000).max(2100),
  text: z.string().trim().min(2).max(100),
});
export type SearchInput = z.infer<typeof SearchInput>;
