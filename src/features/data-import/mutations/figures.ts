import "server-only";
import { listFigures } from "@/features/figures/data/entries";
import { writeFigures } from "@/features/figures/mutations/write";
import type { Tx } from "@/lib/db/scope";
import { AppError } from "@/lib/errors/app-error";
import type { WriteContext } from "./write";

/** A figure as the batch left it, and what stood there before. */
export type EnteredByBatch = {
  unitId: number;
  year: number;
  key: string;
  version: number;
  before: { value: number | null; source: string; datedOn: string | null } | null;
};

/** Enters what the list says of whole hamlets as official figures of the year. @returns those that were not there or differed */
export async function enterFigures(
  { tx, actorId, batchId, plan, base }: WriteContext,
  today: string,
): Promise<EnteredByBatch[]> {
  const said = await tx.$queryRaw<{ unitId: number; key: string; value: number }[]>`
    SELECT coalesce(p.unit_id, x."unitId") AS "unitId", x.key, x.value
      FROM jsonb_to_recordset(${JSON.stringify(base.figures)}::jsonb) AS x("unitId" int, key text, value int)
      LEFT JOIN import_place p ON p.staged = x."unitId"
     WHERE coalesce(p.unit_id, x."unitId") > 0`;
  const present = new Map(
    (await listFigures(tx, [...new Set(said.map(({ unitId }) => unitId))], plan.year)).map((row) => [
      `${row.unitId}/${row.key}`,
      row,
    ]),
  );
  const changes = said.flatMap(({ unitId, key, value }) => {
    const before = present.get(`${unitId}/${key}`);

    return before?.value === value ? [] : [{ unitId, key, value, version: before?.version ?? 0, before }];
  });
  if (changes.length === 0) return [];
  const origin = { year: plan.year, source: sourceText(batchId, today), datedOn: today };
  await enterAll(tx, actorId, origin, changes);

  return changes.map(({ unitId, key, version, before }) => ({
    unitId,
    year: plan.year,
    key,
    version: version + 1,
    before: before ? { value: before.value, source: before.source, datedOn: before.datedOn } : null,
  }));
}

/** Never the name of the file: lists are named after people too. */
function sourceText(batchId: string, day: string): string {
  return `Danh sách nhập ngày ${day.split("-").reverse().join("/")}, lượt nhập ${batchId.slice(0, 8)}`;
}

/** Takes the batch's figures back: those it was the first to enter go, the others are what they were. */
export async function takeBackFigures(
  tx: Tx,
  { batchId, actorId, entered }: Readonly<{ batchId: string; actorId: string; entered: EnteredByBatch[] }>,
): Promise<number> {
  if (entered.length === 0) return 0;

  const [row] = await tx.$queryRaw<{ standing: number }[]>`
    SELECT count(*)::int AS standing FROM (
      SELECT 1 FROM jsonb_to_recordset(${JSON.stringify(entered)}::jsonb) AS x("unitId" int, year int, key text, version int)
        JOIN figure f ON (f.unit_id, f.year, f.key, f.version) = (x."unitId", x.year, x.key, x.version)
       ORDER BY f.unit_id, f.key FOR UPDATE OF f) held`;
  if (row?.standing !== entered.length) {
    throw new AppError({
      code: "WRONG_STATE",
      detail:
        "Số liệu thống kê mà tệp này ghi đã được sửa sau đó nên không hoàn tác được cả tệp. Hãy sửa từng mục trong sổ.",
    });
  }
  await tx.$queryRaw`SELECT import_withdraw_figures(${batchId}::uuid)`;
  for (const group of byOrigin(entered)) await enterAll(tx, actorId, group.origin, group.changes);

  return entered.length;
}

type Origin = Parameters<typeof writeFigures>[2];
type Change = Parameters<typeof writeFigures>[3][number];

/** What stood before, by where it came from. */
function byOrigin(entered: readonly EnteredByBatch[]): { origin: Origin; changes: Change[] }[] {
  const groups = new Map<string, { origin: Origin; changes: Change[] }>();
  for (const { unitId, year, key, version, before } of entered) {
    if (before === null) continue;
    const { source, datedOn, value } = before;
    const name = JSON.stringify([year, source, datedOn]);
    const group = groups.get(name) ?? { origin: { year, source, datedOn }, changes: [] };
    group.changes.push({ unitId, key, value, version });
    groups.set(name, group);
  }

  return [...groups.values()];
}

async function enterAll(tx: Tx, actorId: string, origin: Origin, changes: readonly Change[]): Promise<void> {
  // Somebody saved between our reading and our writing: the stage begins anew.
  if ((await writeFigures(tx, actorId, origin, changes)) < changes.length)
    throw new AppError({ code: "BUSY" });
}
