import { z } from "zod";

/** Two entries that look alike. */
export const LookAlikes = z
  .object({ oneId: z.uuid(), otherId: z.uuid() })
  .refine(({ oneId, otherId }) => oneId !== otherId, {
    path: ["otherId"],
    error: "Hãy chọn hai mục khác nhau.",
  });
export type LookAlikes = z.infer<typeof LookAlikes>;
