import { answerMemberSearch } from "@/features/registry/loaders/member-list";
import { readJson } from "@/lib/http/json";
import { handleRoute } from "@/lib/http/route";

/** Rows for the editor of a list. The text looked for travels in the body, never in an address. */
export async function POST(
  request: Request,
  { params }: { params: Promise<{ subjectId: string }> },
): Promise<Response> {
  const { subjectId } = await params;

  return await handleRoute("registry.list", request, async () => {
    const asked: unknown = await readJson(request);

    return Response.json(
      await answerMemberSearch(typeof asked === "object" ? { ...asked, subjectId } : asked),
    );
  });
}
