import "server-only";
import type { Readable } from "node:stream";
import { z } from "zod";
import type { PageScope } from "@/features/user/page-scope";
import { AppError } from "@/lib/errors/app-error";
import { download } from "@/lib/http/download";
import { writeWorkbook } from "@/lib/spreadsheet/write";
import { writeCsv } from "@/lib/spreadsheet/write-csv";
import { recordExport } from "./mutations";
import type { ExportList, ExportTable, FileFormat } from "./types";
import { FILE_FORMATS } from "./types";

/** The parameters of an address as loaders take them. A name given twice is one they know nothing of. */
export function paramsOf(request: Request): Promise<Record<string, string | string[]>> {
  const { searchParams } = new URL(request.url);
  const names = [...new Set(searchParams.keys())];

  return Promise.resolve(
    Object.fromEntries(
      names.map((name) => {
        const values = searchParams.getAll(name);

        return [name, values.length === 1 ? (values[0] ?? "") : values];
      }),
    ),
  );
}

/** Which kind of file an address asks for: `?dang=`. @throws AppError NOT_FOUND */
export function formatOf(request: Request): FileFormat {
  const asked = z.enum(FILE_FORMATS).safeParse(new URL(request.url).searchParams.get("dang") ?? "xlsx");
  if (!asked.success) throw new AppError({ code: "NOT_FOUND" });

  return asked.data;
}

/** A list as a file. It is written into the log of the unit before the first byte leaves. */
export async function answerWithFile(list: ExportList, format: FileFormat): Promise<Response> {
  await recordOf(list, format);

  return download(streamOf(list.table, format), { name: list.table.fileName, format });
}

/** Writes into the log that a list leaves as a file. */
export async function recordOf(list: Omit<ExportList, "table">, format: string): Promise<void> {
  const { scope, capability, facts } = list;
  await recordExport(scope.actor, {
    unitId: scope.unit.id,
    chainId: chainOf(scope),
    capability,
    facts: { ...facts, format },
  });
}

function streamOf(table: ExportTable, format: FileFormat): Readable {
  const { columns, rows } = table;

  return format === "csv"
    ? writeCsv({ columns, rows })
    : writeWorkbook({ sheets: [{ name: table.sheetName, columns, rows }] });
}

/** The log of the commune a list is of; above communes the unit's own. */
function chainOf({ unit, path }: PageScope): number {
  return path.find(({ level }) => level === "COMMUNE")?.id ?? unit.id;
}
