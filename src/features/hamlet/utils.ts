import { formatCount } from "@/lib/format/number";
import type { HamletCounts } from "./types";

/** `62 hộ, 210 công dân, 2 dòng họ`; what there is none of is left out. */
export function countsText({ households, citizens, clans }: HamletCounts): string {
  const parts = [
    households > 0 && `${formatCount(households)} hộ`,
    citizens > 0 && `${formatCount(citizens)} công dân`,
    clans > 0 && `${formatCount(clans)} dòng họ`,
  ].filter((part) => part !== false);

  return parts.length === 0 ? "chưa có ai trong sổ" : parts.join(", ");
}

/** The counts of several hamlets together. */
export function sumCounts(all: readonly HamletCounts[]): HamletCounts {
  const sum = (of: (counts: HamletCounts) => number) => all.reduce((total, one) => total + of(one), 0);

  return {
    households: sum((c) => c.households),
    citizens: sum((c) => c.citizens),
    clans: sum((c) => c.clans),
  };
}
