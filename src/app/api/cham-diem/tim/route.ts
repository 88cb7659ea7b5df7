import { searchInUnit } from "@/features/assessment/loaders";
import { SearchInput } from "@/features/assessment/schema";
import { getActor } from "@/features/user/session";
import { AppError } from "@/lib/errors/app-error";
import { readJson } from "@/lib/http/json";
import { handleRoute } from "@/lib/http/route";

/** Search by name while typing: `{ unitId, title, year, text }` → at most twenty subjects. */
export async function POST(request: Request): Promise<Response> {
  return await handleRoute("assessment.search", request, async () => {
    const actor = await getActor();
    const input = SearchInput.safeParse(await readJson(request));
    if (!input.success) throw new AppError({ code: "INVALID" });

    return Response.json({ items: await searchInUnit(actor, input.data) });
  });
}
