import "server-only";
import type { Sealed } from "@/lib/crypto/seal";
import { createSealer } from "@/lib/crypto/seal";
import type { Tx } from "@/lib/db/scope";
import { env } from "@/lib/env";
import { identityDigits, isIdentityNumber, maskIdentity } from "../identity";

const sealer = createSealer(env.IDENTITY_KEY, "identity");

/** A citizen with a number: where the entry is found and what it is called. */
export type IdentityHolder = { id: string; name: string; unitId: number; unitName: string };

/** A stored number, opened; null when this server's key does not open it. `version` guards its change. */
export type IdentityRecord = { number: string | null; version: number };

/** What the table keeps of a number: hash and cipher. */
export function sealIdentity(digits: string): Sealed {
  return sealer.seal(digits);
}

/** The hashes by which the table finds numbers, in their order; numbers are digits alone. */
export function identityHashes(numbers: readonly string[]): Uint8Array<ArrayBuffer>[] {
  return numbers.map((number) => sealer.hash(number));
}

/** Rows with what the table keeps of their number, in their order; the number itself goes no further. */
export function sealIdentities<Row extends Readonly<{ number: string }>>(
  rows: readonly Row[],
): (Omit<Row, "number"> & Sealed)[] {
  return rows.map(({ number, ...row }) => ({ ...row, ...sealer.seal(number) }));
}

/**
 * The citizen still followed who has this number, as far as the reader may see numbers; undefined for texts that are none.
 * One probe of the index on the hash.
 */
export async function findByIdentity(tx: Tx, number: string): Promise<IdentityHolder | undefined> {
  const digits = identityDigits(number);
  if (!isIdentityNumber(digits)) return undefined;

  const [holder] = await tx.$queryRaw<IdentityHolder[]>`
    SELECT s.id, s.name, s.unit_id AS "unitId", u.name AS "unitName"
      FROM identity_number i JOIN subject s ON s.id = i.subject_id JOIN unit u ON u.id = s.unit_id
     WHERE i.hash = ${sealer.hash(digits)} AND i.is_current`;

  return holder;
}

/** The number of a citizen, opened; undefined without one and for readers who may not see numbers. */
export async function findIdentity(tx: Tx, subjectId: string): Promise<IdentityRecord | undefined> {
  const [row] = await tx.$queryRaw<(Sealed & { version: number })[]>`
    SELECT hash, cipher, version FROM identity_number WHERE subject_id = ${subjectId}::uuid`;

  return row && { number: openOrNull(row), version: row.version };
}

/** What a page may show of a number: its last digits; null when there is none (version 0) or it does not open. */
export type IdentityMask = { mask: string | null; version: number };

/** The number of a citizen as far as it may leave the server unasked. */
export async function findIdentityMask(tx: Tx, subjectId: string): Promise<IdentityMask> {
  const identity = await findIdentity(tx, subjectId);
  const number = identity?.number ?? null;

  return { mask: number === null ? null : maskIdentity(number), version: identity?.version ?? 0 };
}

function openOrNull(sealed: Sealed): string | null {
  try {
    return sealer.open(sealed);
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}
