import { answerWithFile, formatOf, paramsOf } from "@/features/data-export/answer";
import { loadDossierList } from "@/features/data-export/lists";
import { handleRoute } from "@/lib/http/route";

/** The entries of a dossier as a file: the address of the page with `?dang=xlsx` or `csv`. */
export async function GET(
  request: Request,
  { params }: { params: Promise<{ dossierId: string }> },
): Promise<Response> {
  return await handleRoute("dossier.export", request, async () =>
    answerWithFile(await loadDossierList((await params).dossierId, paramsOf(request)), formatOf(request)),
  );
}
