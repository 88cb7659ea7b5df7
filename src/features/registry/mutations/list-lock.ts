import "server-only";
import { sqlState } from "@/lib/db/errors";
import type { Tx } from "@/lib/db/scope";
import { AppError } from "@/lib/errors/app-error";

const LONGEST_WAIT = "15s";

/**
 * Holds lists back from the register of a commune until this transaction ends, and waits for one that is being written. Whatever
 * makes an entry or brings one back takes it before it looks at the register: an entry that is not committed yet is
 * seen by nobody, and a list that has it too would enter it twice.
 * @throws AppError BUSY when a list takes longer than a person waits
 */
export async function holdBackLists(tx: Tx, communeId: number): Promise<void> {
  try {
    await tx.$queryRaw`SELECT set_config('lock_timeout', ${LONGEST_WAIT}, true)`;
    await tx.$queryRaw`SELECT pg_advisory_xact_lock_shared(hashtext('import'), ${communeId}::int)::text`;
    await tx.$queryRaw`SELECT set_config('lock_timeout', '0', true)`;
  } catch (error) {
    if (sqlState(error) !== "55P03") throw error;
    throw new AppError({
      code: "BUSY",
      detail: "Đang ghi một danh sách vào sổ của xã nên chưa lưu được. Hãy thử lại sau ít phút.",
      cause: error,
    });
  }
}

/** Has the register of a commune for a list alone until this transaction ends: what others began is committed and seen after it. */
export async function lockForList(tx: Tx, communeId: number): Promise<void> {
  await tx.$queryRaw`SELECT pg_advisory_xact_lock(hashtext('import'), ${communeId}::int)::text`;
}
