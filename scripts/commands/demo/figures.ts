import { isRegistered } from "./household";
import { randomOf } from "./random";
import { YEARS } from "./round/scenario";
import type { World } from "./world";

export type FigureRow = Readonly<{
  unitId: number;
  year: number;
  key: string;
  value: number;
  source: string;
  datedOn: string;
}>;

const INVENTED = "Báo cáo của Ủy ban nhân dân xã (dữ liệu minh hoạ)";

/** New communes that reported an official number of families, a little above what the register holds. */
const REPORTING = ["02545", "28108", "27553", "01906"];

/** Entered figures: official totals of some communes. Published results of earlier years come with the reference data. */
export function buildFigures(world: World): FigureRow[] {
  return world.newCommunes
    .filter((commune) => REPORTING.includes(commune.code))
    .flatMap((commune) =>
      YEARS.filter((year) => year >= 2025).map((year) => {
        const families = world.hamlets
          .filter((hamlet) => hamlet.current === commune)
          .flatMap((hamlet) => hamlet.households)
          .filter((household) => isRegistered(household, year));
        const more = 1 + randomOf(`official/${commune.code}`).next() * 0.04 + (year - 2025) * 0.005;
        return {
          unitId: commune.unitId,
          year,
          key: "family_total",
          value: Math.ceil(families.length * more),
          source: INVENTED,
          datedOn: `${year}-06-30`,
        };
      }),
    );
}
