import "server-only";
import type { Tx } from "@/lib/db/scope";
import { leavesOf, sumTitles } from "../data";
import type { RegistryFilter } from "../filter";
import { isNarrowed } from "../filter";
import type { Place, RegistryTotals } from "../types";
import type { Cursor, RowCount, SubjectPage } from "./finding";
import { countByCounters, countQuickly, findPage } from "./finding";

/** One page of a filtered list with the numbers that stand above and below it. */
export type RegistryList = {
  /** undefined above the commune, where the sums stand on the view by units */
  totals: RegistryTotals | undefined;
  hamlets: Place[];
  /** rows of the list with its filters */
  count: RowCount;
  list: SubjectPage;
};

type Asked = Cursor &
  Readonly<{
    /** the day on which the unit's leaves are meant */
    on: Date;
    isAboveCommune: boolean;
    /** whether the counters are kept for the year */
    isTracked: boolean;
  }>;

/** All the page of a list reads. */
export async function readList(tx: Tx, filter: RegistryFilter, asked: Asked): Promise<RegistryList> {
  const { unitId, year, hamletId } = filter;
  const leaves = asked.isAboveCommune ? [] : await leavesOf(tx, unitId, asked.on);
  const leafIds = leaves.map(({ id }) => id).filter((id) => hamletId === undefined || id === hamletId);
  const totals = asked.isAboveCommune ? undefined : await sumTitles(tx, leafIds, year);

  return {
    totals,
    hamlets: leaves.filter(({ level }) => level === "HAMLET"),
    count: await countOf(tx, filter, { ...asked, totals }),
    list: await findPage(tx, filter, asked),
  };
}

/** The counters know how many there are where nothing but a hamlet narrows the list. */
async function countOf(
  tx: Tx,
  filter: RegistryFilter,
  { totals, isTracked }: Asked & Readonly<{ totals: RegistryTotals | undefined }>,
): Promise<RowCount> {
  if (!isTracked || isNarrowed({ ...filter, hamletId: undefined })) return await countQuickly(tx, filter);
  const count = totals ? totals[filter.title].total : await countByCounters(tx, filter);

  return { count, isExact: true };
}
