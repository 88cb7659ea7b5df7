import "server-only";
import { namesOf } from "@/features/user/data";
import type { Tx } from "@/lib/db/scope";

export type ActionRow = {
  chainId: number;
  chainName: string | null;
  seq: string;
  verb: string;
  entityType: string;
  entityId: string;
  at: Date;
  actorId: string | null;
  actorName: string | null;
  detail: unknown;
  hash: string;
};

export const PAGE_SIZE = 50;

/** The log of the chains under a unit, newest first, before a position; what row-level security lets the reader see. */
export async function listActions(
  tx: Tx,
  query: { unitId: number; before?: { at: Date; chainId: number; seq: string } | undefined; limit?: number },
): Promise<ActionRow[]> {
  const { unitId, before, limit = PAGE_SIZE } = query;
  const rows = await tx.$queryRaw<Omit<ActionRow, "actorName">[]>`
    SELECT a.chain_id AS "chainId", u.name AS "chainName", a.seq::text AS seq, a.verb, a.entity_type AS "entityType",
           a.entity_id AS "entityId", a.at, a.actor_id::text AS "actorId", a.detail, encode(a.hash, 'hex') AS hash
      FROM action a LEFT JOIN unit u ON u.id = a.chain_id
     WHERE a.chain_id IN (SELECT descendant_id FROM ancestry WHERE ancestor_id = ${unitId})
       AND (${before === undefined} OR (a.at, a.chain_id, a.seq) < (${before?.at ?? new Date(0)}::timestamptz, ${before?.chainId ?? 0}::int, ${before?.seq ?? "0"}::bigint))
     ORDER BY a.at DESC, a.chain_id DESC, a.seq DESC LIMIT ${limit}`;
  const names = await namesOf(
    tx,
    rows.map((row) => row.actorId),
  );

  return rows.map((row) => ({
    ...row,
    actorName: row.actorId === null ? null : (names.get(row.actorId) ?? null),
  }));
}

/** How many entries the log under a unit has, as far as the reader may see it. */
export async function countActions(tx: Tx, unitId: number): Promise<number> {
  const rows = await tx.$queryRaw<{ n: number }[]>`
    SELECT count(*)::int AS n FROM action
     WHERE chain_id IN (SELECT descendant_id FROM ancestry WHERE ancestor_id = ${unitId})`;

  return rows[0]?.n ?? 0;
}
