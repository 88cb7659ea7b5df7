import { z } from "zod";
import { addEvidence } from "@/features/evidence/mutations";
import { UploadFields } from "@/features/evidence/schema";
import { getActor } from "@/features/user/session";
import { AppError } from "@/lib/errors/app-error";
import { readFormData } from "@/lib/http/form-data";
import { handleRoute } from "@/lib/http/route";
import { MAX_UPLOAD_BYTES } from "@/lib/storage/normalise-file";

type Context = { params: Promise<{ assessmentId: string; itemCode: string }> };

/** Room for the other fields and the frame of a multipart body. */
const FRAME_BYTES = 64 * 1024;

/** Upload of one file as evidence of one item: multipart `{ requestId, file, label? }`. */
export async function POST(request: Request, { params }: Context): Promise<Response> {
  return await handleRoute("evidence.add", request, async () => {
    const actor = await getActor();
    const { assessmentId, itemCode } = await params;
    if (!z.uuid().safeParse(assessmentId).success) throw new AppError({ code: "NOT_FOUND" });

    const data = await readFormData(request, MAX_UPLOAD_BYTES + FRAME_BYTES);
    const file = data.get("file");
    const fields = UploadFields.safeParse({
      requestId: data.get("requestId"),
      label: data.get("label") ?? undefined,
    });
    if (!(file instanceof File) || file.size === 0 || !fields.success)
      throw new AppError({ code: "INVALID" });
    if (file.size > MAX_UPLOAD_BYTES) throw new AppError({ code: "TOO_LARGE" });

    const bytes = new Uint8Array(await file.arrayBuffer());
    const added = await addEvidence(actor, {
      ...fields.data,
      assessmentId,
      itemCode: decodeURIComponent(itemCode),
      bytes,
    });

    return Response.json(added, { status: 201 });
  });
}
