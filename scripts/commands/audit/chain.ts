import { createHash } from "node:crypto";

/** One entry of the log as it is stored, without its hashes. `detail` is the text of the jsonb value. */
export type ActionEntry = Readonly<{
  chainId: number;
  seq: bigint;
  requestId: string;
  actorId: string | null;
  verb: string;
  entityType: string;
  entityId: string;
  at: Date;
  detail: string;
}>;

/** What the hash of an entry covers: one line of text, the same as the database's `action_text`. */
export function actionText(entry: ActionEntry): string {
  return [
    entry.chainId,
    entry.seq,
    entry.requestId,
    entry.actorId ?? "-",
    entry.verb,
    entry.entityType,
    entry.entityId,
    entry.at.toISOString().slice(0, -1),
    entry.detail,
  ].join("|");
}

/** The hash of an entry after the one before it: SHA-256 over that entry's hash and this entry's line. */
export function sealChain(previous: Uint8Array, entry: ActionEntry): Buffer {
  return createHash("sha256").update(previous).update(actionText(entry), "utf8").digest();
}
