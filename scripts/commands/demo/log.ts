import { type ActionEntry, sealChain } from "../audit/chain";
import { idOf } from "./random";

/** One entry of the log before it is chained. */
export type Entry = Readonly<{
  chainId: number;
  /** Milliseconds since 1970. */
  at: number;
  actorId: string;
  /** Entries of one request share its key. */
  request: string;
  verb: string;
  type: string;
  id: string;
  detail: Readonly<Record<string, string | number | boolean | null>>;
}>;

/**
 * JSON as the database writes a jsonb value back: keys by length, then by bytes, a space after colon and comma. The hash
 * covers that text.
 */
export function jsonbText(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(jsonbText).join(", ")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);

  // The keys are ASCII: as many characters as bytes.
  const fields = Object.entries(value).sort(([a], [b]) => a.length - b.length || (a < b ? -1 : 1));

  return `{${fields.map(([key, field]) => `${JSON.stringify(key)}: ${jsonbText(field)}`).join(", ")}}`;
}

export type SealedAction = ActionEntry & Readonly<{ prevHash: Buffer; hash: Buffer }>;
export type ChainHead = Readonly<{ chainId: number; seq: number; hash: Buffer }>;

/** Chains the entries by commune in the order of their times, as `append_actions` would have done at those times. */
export function sealEntries(entries: readonly Entry[]): { actions: SealedAction[]; heads: ChainHead[] } {
  const chains = new Map<number, Entry[]>();
  for (const entry of entries) {
    const chain = chains.get(entry.chainId);
    if (chain) chain.push(entry);
    else chains.set(entry.chainId, [entry]);
  }

  const requests = new Map<string, string>();
  const requestId = (key: string) => {
    const known = requests.get(key) ?? idOf(`request/${key}`);
    requests.set(key, known);
    return known;
  };
  const actions: SealedAction[] = [];
  const heads: ChainHead[] = [];
  for (const [chainId, chain] of [...chains].sort(([a], [b]) => a - b)) {
    let hash: Buffer = Buffer.alloc(0);
    for (const [index, entry] of chain.sort((a, b) => a.at - b.at).entries()) {
      const action: ActionEntry = {
        chainId,
        seq: BigInt(index + 1),
        requestId: requestId(entry.request),
        actorId: entry.actorId,
        verb: entry.verb,
        entityType: entry.type,
        entityId: entry.id,
        at: new Date(entry.at),
        detail: jsonbText(entry.detail),
      };
      const sealed = sealChain(hash, action);
      actions.push({ ...action, prevHash: hash, hash: sealed });
      hash = sealed;
    }
    heads.push({ chainId, seq: chain.length, hash });
  }

  return { actions, heads };
}
