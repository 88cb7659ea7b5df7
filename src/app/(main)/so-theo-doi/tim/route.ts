import { answerSearch } from "@/features/registry/search";
import { readJson } from "@/lib/http/json";
import { handleRoute } from "@/lib/http/route";

/** Search by name, asked by the pages of the register: the text travels in the body, never in an address. */
export async function POST(request: Request): Promise<Response> {
  return await handleRoute("registry.search", request, async () =>
    Response.json(await answerSearch(await readJson(request))),
  );
}
