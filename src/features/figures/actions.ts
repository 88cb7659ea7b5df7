"use server";

import { revalidatePath } from "next/cache";
import type { FormState } from "@/components/form/form-state";
import { formAction } from "@/features/user/form-action";
import { saveFigures } from "./mutations";
import { SaveFigures } from "./schema";

const save = formAction("figure.save", SaveFigures, async ({ actor, input, requestId }) => {
  const { changed } = await saveFigures(actor, input, requestId);
  revalidatePath("/bang-dieu-hanh", "layout");
  revalidatePath("/ke-hoach");

  return {
    message: changed === 0 ? "Không có số nào thay đổi." : `Đã lưu ${changed} số liệu năm ${input.year}.`,
  };
});

export async function saveFiguresAction(previous: FormState, data: FormData): Promise<FormState> {
  return await save(previous, data);
}
