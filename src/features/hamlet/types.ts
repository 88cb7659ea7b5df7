/** What stands in a hamlet now, by kind. */
export type HamletCounts = { households: number; citizens: number; clans: number };

/** A hamlet of a commune with what stands in it. */
export type HamletOption = HamletCounts & { id: number; name: string };

/** One thing that can go over to a new hamlet; a household takes its members along. */
export type MovableEntry = {
  id: string;
  title: "FAMILY" | "CITIZEN" | "CLAN";
  name: string;
  detail: string;
  memberCount: number;
};
