import { z } from "zod";
import { CriteriaSet } from "./criteria-set";

/** prisma/reference/criteria-sets.json: the sets every installation starts with, all of the nation. */
export const CriteriaSetFile = z.strictObject({ note: z.string(), sets: z.array(CriteriaSet) });
export type CriteriaSetFile = z.infer<typeof CriteriaSetFile>;
