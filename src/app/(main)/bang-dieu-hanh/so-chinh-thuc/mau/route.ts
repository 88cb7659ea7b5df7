import { Readable } from "node:stream";
import { loadTemplate } from "@/features/figures/file/loaders";
import { writeTemplate } from "@/features/figures/file/write-template";
import { getActor } from "@/features/user/session";
import { handleRoute } from "@/lib/http/route";

/** The template of a unit's figures of a year, filled with what stands: `?don-vi=`, `?nam-so-lieu=`. */
export async function GET(request: Request): Promise<Response> {
  return await handleRoute("figure.template", request, async () => {
    const actor = await getActor();
    const data = await loadTemplate(actor, new URL(request.url).searchParams);

    return new Response(Readable.toWeb(writeTemplate(data)) as ReadableStream, {
      headers: {
        "content-type": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "content-disposition": `attachment; filename="so-chinh-thuc-${data.year}-${data.unit.id}.xlsx"`,
        "cache-control": "no-store",
      },
    });
  });
}
