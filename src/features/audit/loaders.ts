import "server-only";
import type { PageScope, SearchParams } from "@/features/user/page-scope";
import { loadPageScope, param } from "@/features/user/page-scope";
import { withScope } from "@/lib/db/scope";
import type { ActionRow } from "./data";
import { listActions, PAGE_SIZE } from "./data";

/** One page of the log under the unit of the page; `?truoc=<time>_<chain>_<seq>` goes on from there. */
export async function loadActions(
  searchParams: SearchParams,
): Promise<{ scope: PageScope; rows: ActionRow[]; next: string | undefined }> {
  const scope = await loadPageScope(searchParams, "audit.read");
  const before = parsePosition(param(await searchParams, "truoc"));
  const rows = await withScope(scope.actor, (tx) => listActions(tx, { unitId: scope.unit.id, before }));
  const last = rows.length === PAGE_SIZE ? rows.at(-1) : undefined;

  return { scope, rows, next: last && `${last.at.getTime()}_${last.chainId}_${last.seq}` };
}

function parsePosition(text: string | undefined): { at: Date; chainId: number; seq: string } | undefined {
  const match = /^(\d{1,15})_(\d{1,9})_(\d{1,18})$/.exec(text ?? "");
  if (!match) return undefined;

  return { at: new Date(Number(match[1])), chainId: Number(match[2]), seq: match[3] ?? "0" };
}
