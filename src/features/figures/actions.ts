"use server";

import { revalidatePath } from "next/cache";
import type { FormState } from "@/components/form/form-state";
import { formAction } from "@/features/user/form-action";
import { formatCount } from "@/lib/format/number";
import { undoFigureBatch, writeFigureBatch } from "./file/mutations";
import { saveFigures } from "./mutations";
import { FigureBatchId, SaveFigureGrid, SaveFigures } from "./schema";

const save = formAction("figure.save", SaveFigures, async ({ actor, input, requestId }) =>
  answer(await saveFigures(actor, input, requestId), input.year),
);

const saveGrid = formAction("figure.save", SaveFigureGrid, async ({ actor, input, requestId }) =>
  answer(await saveFigures(actor, input, requestId), input.year),
);

const write = formAction("figure.import", FigureBatchId, async ({ actor, input, requestId }) => {
  const { written } = await writeFigureBatch(actor, input.batchId, requestId);
  revalidateFigures();

  return { message: `Đã ghi ${formatCount(written)} số.` };
});

const undo = formAction("figure.undoImport", FigureBatchId, async ({ actor, input, requestId }) => {
  const { undone } = await undoFigureBatch(actor, input.batchId, requestId);
  revalidateFigures();

  return { message: `Đã hoàn tác ${formatCount(undone)} số.` };
});

function answer({ changed }: { changed: number }, year: number): { message: string } {
  revalidateFigures();

  return {
    message:
      changed === 0 ? "Không có số nào thay đổi." : `Đã lưu ${formatCount(changed)} số liệu năm ${year}.`,
  };
}

function revalidateFigures(): void {
  revalidatePath("/bang-dieu-hanh", "layout");
  revalidatePath("/ke-hoach");
}

export async function saveFiguresAction(previous: FormState, data: FormData): Promise<FormState> {
  return await save(previous, data);
}

export async function saveFigureGridAction(previous: FormState, data: FormData): Promise<FormState> {
  return await saveGrid(previous, data);
}

export async function writeFigureBatchAction(previous: FormState, data: FormData): Promise<FormState> {
  return await write(previous, data);
}

export async function undoFigureBatchAction(previous: FormState, data: FormData): Promise<FormState> {
  return await undo(previous, data);
}
