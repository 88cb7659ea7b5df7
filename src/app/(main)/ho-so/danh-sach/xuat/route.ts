import { TITLES } from "@/domain/title/title";
import { paramsOf, recordOf } from "@/features/data-export/answer";
import { loadOfficialList } from "@/features/data-export/loaders";
import { officialSheet } from "@/features/data-export/official-sheet";
import { getActor } from "@/features/user/session";
import { download } from "@/lib/http/download";
import { handleRoute } from "@/lib/http/route";
import { writeWorkbook } from "@/lib/spreadsheet/write";

/** The official list that proposes entries for a title, as a workbook: what the page shows. */
export async function GET(request: Request): Promise<Response> {
  return await handleRoute("official.export", request, async () => {
    await getActor();
    const { scope, list } = await loadOfficialList(paramsOf(request));
    await recordOf(
      {
        scope,
        capability: "dossier.read",
        facts: { list: "official", rows: list.entries.length, year: list.year, title: list.title },
      },
      "xlsx",
    );

    return download(writeWorkbook({ sheets: [officialSheet(list)], isPaper: true }), {
      name: `Danh sách đề nghị ${TITLES[list.title].nameVi} ${scope.unit.name} ${list.year}`,
      format: "xlsx",
    });
  });
}
