import { z } from "zod";
import { saveAnswer } from "@/features/assessment/mutations";
import { SaveAnswerInput } from "@/features/assessment/schema";
import { getActor } from "@/features/user/session";
import { AppError } from "@/lib/errors/app-error";
import { readJson } from "@/lib/http/json";
import { handleRoute } from "@/lib/http/route";

type Context = { params: Promise<{ assessmentId: string; itemCode: string }> };

/** Autosave of one cell: `{ requestId, answer, previous }`. 409 with `values.current` when somebody changed it meanwhile. */
export async function PUT(request: Request, { params }: Context): Promise<Response> {
  return await handleRoute("assessment.score", request, async () => {
    const actor = await getActor();
    const { assessmentId, itemCode } = await params;
    if (!z.uuid().safeParse(assessmentId).success) throw new AppError({ code: "NOT_FOUND" });

    const input = SaveAnswerInput.safeParse(await readJson(request));
    if (!input.success) throw new AppError({ code: "INVALID" });

    return Response.json(
      await saveAnswer(actor, { ...input.data, assessmentId, itemCode: decodeURIComponent(itemCode) }),
    );
  });
}
