import type { CriteriaItem } from "@/domain/criteria/criteria-set";
import type { RegisterCount, RegisterGroup } from "./types";

/** "19–60 tuổi", "6-17 tuổi". */
const AGES = /(\d{1,2})\s*[–-]\s*(\d{1,2})\s*tuổi/u;

/** Words by which an item says whom it counts. A set has no field for it, so an item without one of them is offered all. */
const WORDS: ReadonlyArray<readonly [RegExp, RegisterGroup]> = [
  [/(?<!\p{L})(trẻ|học sinh|học lực|hạnh kiểm)(?!\p{L})/iu, "children"],
  [/(?<!\p{L})(người lớn)(?!\p{L})/iu, "adults"],
  [/(?<!\p{L})(thành viên)(?!\p{L})/iu, "members"],
  [/(?<!\p{L})(gia đình|hộ)(?!\p{L})/iu, "families"],
];

const AGE_GROUPS: Readonly<Record<string, RegisterGroup>> = { "19-60": "literacy", "6-17": "children" };

/**
 * Whom an item counts, by its wording: an age range decides; else the words for children, adults, members, families. Empty
 * where the wording does not say or speaks of people of an age that the register is not counted by.
 */
export function countedGroups(item: Pick<CriteriaItem, "name">): RegisterGroup[] {
  const ages = AGES.exec(item.name);
  if (ages) {
    const group = AGE_GROUPS[`${ages[1]}-${ages[2]}`];

    return group ? [group] : [];
  }

  return WORDS.filter(([words]) => words.test(item.name)).map(([, group]) => group);
}

/** What to offer as the total of an item, and the reason to leave it out where the register has nobody to count. */
export type Suggestion = Readonly<{ totals: readonly RegisterCount[]; notApplicableReason: string | null }>;

/**
 * Totals of the register that fit an item. An item whose wording names nobody is offered every count with its label; one of
 * an age the register is not counted by is offered none.
 */
export function suggestTotals(
  item: Pick<CriteriaItem, "name">,
  counts: readonly RegisterCount[],
): Suggestion {
  const groups = countedGroups(item);
  const fitting =
    groups.length > 0
      ? counts.filter(({ group }) => groups.includes(group))
      : AGES.test(item.name)
        ? []
        : counts;
  const [only] = fitting;

  return {
    totals: fitting.filter(({ count }) => count > 0),
    notApplicableReason: fitting.length === 1 && only?.count === 0 ? only.reasonWhenNone : null,
  };
}
