import { HAMLET_KINDS } from "@/features/registry/constants";
import { toSearchKey } from "@/lib/text/search-key";
import type { ImportPlan } from "../types";

/** A hamlet as the file names it, which the commune does not have, and how many rows name it. */
export type NamedHamlet = Readonly<{ key: string; text: string; rows: number }>;

/** What becomes of it; LEAVE: its rows are not taken. */
export type HamletChoice = ImportPlan["hamlets"][string] | "LEAVE";

/** The choice a name begins with: a commune without any hamlet gets them from its list, any other decides. */
export function initialChoice({ text }: Pick<NamedHamlet, "text">, hasHamlets: boolean): HamletChoice {
  if (hasHamlets) return "LEAVE";
  const name = settled(text);
  const kind = HAMLET_KINDS.find((one) => toSearchKey(name).startsWith(`${toSearchKey(one)} `));

  return { create: { name, kind: kind ?? "Thôn" } };
}

/** The choices as a plan holds them: what is left is not in it. */
export function choicesOf(choices: Readonly<Record<string, HamletChoice>>): ImportPlan["hamlets"] {
  return Object.fromEntries(
    Object.entries(choices)
      .flatMap(([key, choice]) => (choice === "LEAVE" ? [] : [[key, choice] as const]))
      .sort(([a], [b]) => a.localeCompare(b)),
  );
}

/** The hamlets to ask about: those still unknown, and those that were decided before. */
export function namedHamlets(
  unknown: readonly NamedHamlet[],
  decided: ImportPlan["hamlets"],
  nameOf: (unitId: number) => string | undefined,
): NamedHamlet[] {
  const keys = new Set(unknown.map(({ key }) => key));
  const settledBefore = Object.entries(decided)
    .filter(([key]) => !keys.has(key))
    .map(([key, choice]) => ({
      key,
      text: "create" in choice ? choice.create.name : (nameOf(choice.unitId) ?? key),
      rows: 0,
    }));

  return [...unknown, ...settledBefore];
}

/** Whether a choice to make a new hamlet still lacks its name. */
export function isUnready(choice: HamletChoice | undefined): boolean {
  return typeof choice === "object" && "create" in choice && choice.create.name.trim() === "";
}

/** A name typed in capitals alone is written as a name. */
function settled(text: string): string {
  const clean = text.normalize("NFC").replace(/\s+/g, " ").trim();
  if (clean !== clean.toUpperCase() || clean === clean.toLowerCase()) return clean;

  return clean
    .toLowerCase()
    .replace(/(^|[\s-])(\p{L})/gu, (_, before: string, letter: string) => before + letter.toUpperCase());
}
