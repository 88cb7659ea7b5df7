import type pg from "pg";
import { type ActionEntry, sealChain } from "./chain";

export type FaultKind = "GAP" | "BROKEN_LINK" | "CHANGED" | "WRONG_HEAD" | "MISSING";

/** One broken place. `seq` as text: it may be larger than a number holds. `seenBy`: which of the two checks found it. */
export type Fault = Readonly<{
  chainId: number;
  seq: string;
  fault: FaultKind;
  seenBy: "BOTH" | "DATABASE" | "RECOMPUTED";
}>;

/** Where a chain ends now: kept outside, it proves later that nothing before it was changed or cut off. */
export type ChainEnd = Readonly<{ chainId: number; seq: string; hash: string }>;

export type ChainReport = Readonly<{
  chains: number;
  entries: number;
  faults: readonly Fault[];
  heads: readonly ChainEnd[];
}>;

const BATCH = 5_000;

type ActionRow = ActionEntry & Readonly<{ prevHash: Buffer; hash: Buffer }>;
type Place = Readonly<{ chainId: number; seq: string; fault: FaultKind }>;

/**
 * Checks all chains of the log: every entry numbered without gaps, tied to the one before it, its hash that of its content,
 * and the head at the end of its chain; and every recognition has its entry, which a chain cut off with its head would lack.
 * Once by the database's function, once here without it, batch by batch, on one
 * snapshot. Faults are ordered by chain and number.
 */
export async function verifyChains(db: pg.Client): Promise<ChainReport> {
  await db.query("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
  try {
    const { rows } = await db.query<{ chainId: number; seq: string; fault: FaultKind }>(
      'SELECT chain_id AS "chainId", seq::text AS seq, fault FROM audit_broken()',
    );
    const recomputed = await recompute(db);
    const { rows: missing } = await db.query<Place>(
      `SELECT r.commune_id AS "chainId", '0' AS seq, 'MISSING' AS fault FROM recognition r
        WHERE NOT EXISTS (SELECT 1 FROM action a WHERE a.entity_id = r.assessment_id::text AND a.verb = 'assessment.recognise')
        GROUP BY r.commune_id`,
    );
    await db.query("COMMIT");

    const faults = merge(rows, [...recomputed.faults, ...missing]);

    return { chains: recomputed.heads.length, entries: recomputed.entries, faults, heads: recomputed.heads };
  } catch (error) {
    await db.query("ROLLBACK").catch(() => undefined);
    throw error;
  }
}

async function* entriesOf(db: pg.Client): AsyncGenerator<ActionRow> {
  await db.query(`DECLARE entry NO SCROLL CURSOR FOR
    SELECT chain_id AS "chainId", seq::text AS seq, request_id::text AS "requestId", actor_id::text AS "actorId", verb,
           entity_type AS "entityType", entity_id AS "entityId", at, detail::text AS detail, prev_hash AS "prevHash", hash
      FROM action ORDER BY chain_id, action.seq`);
  for (;;) {
    const { rows } = await db.query<Omit<ActionRow, "seq"> & { seq: string }>(`FETCH ${BATCH} FROM entry`);
    if (rows.length === 0) return;
    for (const row of rows) yield { ...row, seq: BigInt(row.seq) };
  }
}

type Head = { seq: bigint; hash: Buffer };
const START: Head = { seq: 0n, hash: Buffer.alloc(0) };

async function recompute(db: pg.Client): Promise<{ entries: number; faults: Place[]; heads: ChainEnd[] }> {
  const ends = new Map<number, Head>();
  const faults: Place[] = [];
  let entries = 0;
  for await (const row of entriesOf(db)) {
    const before = ends.get(row.chainId) ?? START;
    const fault = faultOf(row, before);
    if (fault) faults.push({ chainId: row.chainId, seq: String(row.seq), fault });
    ends.set(row.chainId, { seq: row.seq, hash: row.hash });
    entries += 1;
  }

  const { rows } = await db.query<{ chainId: number; seq: string; hash: Buffer }>(
    'SELECT chain_id AS "chainId", seq::text AS seq, hash FROM chain_head',
  );
  const heads = new Map(rows.map(({ chainId, seq, hash }) => [chainId, { seq: BigInt(seq), hash }]));
  for (const chainId of new Set([...ends.keys(), ...heads.keys()])) {
    const end = ends.get(chainId) ?? START;
    const head = heads.get(chainId);
    if (head && head.seq === end.seq && head.hash.equals(end.hash)) continue;
    faults.push({ chainId, seq: String(end.seq), fault: "WRONG_HEAD" });
  }

  const endOf = ([chainId, { seq, hash }]: [number, Head]) => ({
    chainId,
    seq: String(seq),
    hash: hash.toString("hex"),
  });

  return { entries, faults, heads: [...ends].map(endOf) };
}

function faultOf(row: ActionRow, before: Head): FaultKind | null {
  if (row.seq !== before.seq + 1n) return "GAP";
  if (!row.prevHash.equals(before.hash)) return "BROKEN_LINK";

  return row.hash.equals(sealChain(row.prevHash, row)) ? null : "CHANGED";
}

function merge(fromDatabase: readonly Place[], recomputed: readonly Place[]): Fault[] {
  const keyOf = (place: Place) => `${place.chainId}/${place.seq}/${place.fault}`;
  const known = new Set(fromDatabase.map(keyOf));
  const own = new Set(recomputed.map(keyOf));
  const faults: Fault[] = [
    ...fromDatabase.map((place) => ({
      ...place,
      seenBy: own.has(keyOf(place)) ? ("BOTH" as const) : ("DATABASE" as const),
    })),
    ...recomputed
      .filter((place) => !known.has(keyOf(place)))
      .map((place) => ({ ...place, seenBy: "RECOMPUTED" as const })),
  ];

  return faults.sort((a, b) => a.chainId - b.chainId || Number(BigInt(a.seq) - BigInt(b.seq)));
}
