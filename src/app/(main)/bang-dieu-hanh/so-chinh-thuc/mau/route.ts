import { loadTemplate } from "@/features/figures/file/loaders";
import { writeTemplate } from "@/features/figures/file/write-template";
import { getActor } from "@/features/user/session";
import { download } from "@/lib/http/download";
import { handleRoute } from "@/lib/http/route";

/** The template of a unit's figures of a year, filled with what stands: `?don-vi=`, `?nam-so-lieu=`. */
export async function GET(request: Request): Promise<Response> {
  return await handleRoute("figure.template", request, async () => {
    const actor = await getActor();
    const data = await loadTemplate(actor, new URL(request.url).searchParams);

    return download(writeTemplate(data), {
      name: `Số chính thức ${data.year} ${data.unit.name}`,
      format: "xlsx",
    });
  });
}
