import { createHash } from "node:crypto";

/** A stream of chance that is the same for the same key on every machine. */
export type Random = Readonly<{
  /** At least 0, below 1. */
  next: () => number;
  /** A whole number from `min` to `max`, both included. */
  int: (min: number, max: number) => number;
  chance: (probability: number) => boolean;
  pick: <T>(list: readonly [T, ...T[]] | readonly T[]) => T;
  shuffle: <T>(list: readonly T[]) => T[];
}>;

function seedOf(key: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < key.length; index++) {
    hash = Math.imul(hash ^ key.charCodeAt(index), 0x01000193);
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);

  return (hash ^ (hash >>> 16)) >>> 0;
}

/** One stream per thing, so that a change of one hamlet leaves all others as they were. */
export function randomOf(key: string): Random {
  let state = seedOf(key);
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const int = (min: number, max: number) => min + Math.floor(next() * (max - min + 1));

  return {
    next,
    int,
    chance: (probability) => next() < probability,
    pick: <T>(list: readonly T[]) => {
      const found = list[Math.floor(next() * list.length)];
      if (found === undefined) throw new RangeError("nothing to pick from");
      return found;
    },
    shuffle: <T>(list: readonly T[]) => {
      const order = list.map((value) => ({ value, weight: next() }));
      return order.sort((a, b) => a.weight - b.weight).map(({ value }) => value);
    },
  };
}

/** The id of a demonstration row: always the same for its key, shaped as the ids the database makes (version 4). */
export function idOf(key: string): string {
  const hex = createHash("sha256").update(`hieu-hoc/demo/${key}`).digest("hex");
  const variant = "89ab"[Number.parseInt(hex.charAt(16), 16) % 4];

  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
