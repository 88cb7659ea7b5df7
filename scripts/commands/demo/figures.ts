import type { TitleCode } from "@/domain/title/title";
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
}>;

const PUBLISHED =
  "Tỉnh ủy Quảng Trị, kết quả giai đoạn 2016-2020: https://tinhuyquangtri.vn/quang-tri-day-manh-phong-trao-hoc-tap-suot-doi-trong-gia-dinh-dong-ho-cong-dong-";
const INVENTED = "Báo cáo của Ủy ban nhân dân xã (dữ liệu minh hoạ)";

/** What Quảng Trị published for 2016-2020: total, registered, recognised. */
const QUANG_TRI_2020: readonly (readonly [Lowercase<TitleCode>, number, number, number])[] = [
  ["family", 167_687, 139_605, 122_151],
  ["clan", 2_080, 1_682, 1_419],
  ["community", 1_103, 1_014, 939],
  ["organisation", 819, 801, 712],
];

/** New communes that reported an official number of families, a little above what the register holds. */
const REPORTING = ["02545", "28108", "27553", "01906"];

/** Entered figures: the published sums of a year before the software, and official totals of some communes. */
export function buildFigures(world: World, oldQuangTriId: number): FigureRow[] {
  const published = QUANG_TRI_2020.flatMap(([title, total, registered, recognised]) =>
    (
      [
        ["total", total],
        ["registered", registered],
        ["recognised", recognised],
      ] as const
    ).map(([stage, value]) => ({
      unitId: oldQuangTriId,
      year: 2020,
      key: `${title}_${stage}`,
      value,
      source: PUBLISHED,
    })),
  );
  const official = world.newCommunes
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
        };
      }),
    );

  return [...published, ...official];
}
