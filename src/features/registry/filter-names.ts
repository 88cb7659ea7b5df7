import { STATE_FILTERS, stateName } from "@/domain/recognition/recognition";
import type { TitleCode } from "@/domain/title/title";
import {
  DIGITAL_SKILL_NAMES,
  DIGITAL_SKILLS,
  ORGANISATION_KIND_NAMES,
  ORGANISATION_KINDS,
  ORGANISATION_LEVEL_NAMES,
  ORGANISATION_LEVELS,
  VARIANT_SHORT_NAMES,
} from "./constants";
import type { FilterKey, RegistryFilter, RegistrySort } from "./filter";
import { FILTERS_OF, paramOf, slugOf } from "./filter";

type Choice = Readonly<{ value: string | boolean; label: string }>;
type Offered = Readonly<{ label: string; allLabel: string; choices: readonly Choice[] }>;

const yesNo = (yes: string, no: string): readonly Choice[] => [
  { value: true, label: yes },
  { value: false, label: no },
];
const named = <T extends string>(values: readonly T[], names: Readonly<Record<T, string>>) =>
  values.map((value) => ({ value, label: names[value] }));

/** The filters chosen from a closed list, in the words of the page. */
const OFFERED: Readonly<Partial<Record<FilterKey, Offered>>> = {
  state: {
    label: "Tình trạng trong năm",
    allLabel: "Mọi tình trạng",
    choices: STATE_FILTERS.map(({ slug, state, isComplete }) => ({
      value: slug,
      label: stateName(state, isComplete),
    })),
  },
  poverty: {
    label: "Diện hộ",
    allLabel: "Mọi diện",
    choices: [
      { value: "POOR", label: "Hộ nghèo" },
      { value: "NEAR_POOR", label: "Hộ cận nghèo" },
      { value: "NONE", label: "Không nghèo, cận nghèo" },
    ],
  },
  isAssociationMember: {
    label: "Hội viên khuyến học",
    allLabel: "Tất cả",
    choices: yesNo("Là hội viên", "Chưa là hội viên"),
  },
  hasSchoolAgeChildren: {
    label: "Con trong độ tuổi đi học",
    allLabel: "Tất cả",
    choices: yesNo("Có", "Không"),
  },
  hasClan: { label: "Dòng họ", allLabel: "Tất cả", choices: yesNo("Đã gắn dòng họ", "Chưa gắn dòng họ") },
  variant: {
    label: "Nghề nghiệp",
    allLabel: "Mọi nghề",
    choices: named(["FARMER", "WORKER", "OFFICIAL", "STUDENT"] as const, VARIANT_SHORT_NAMES),
  },
  isWorker: {
    label: "Người lao động",
    allLabel: "Tất cả",
    choices: yesNo("Là người lao động", "Không phải"),
  },
  hasHousehold: {
    label: "Hộ gia đình",
    allLabel: "Tất cả",
    choices: yesNo("Thuộc một hộ", "Chưa gắn hộ"),
  },
  digitalSkill: {
    label: "Kỹ năng số",
    allLabel: "Mọi mức",
    choices: named(DIGITAL_SKILLS, DIGITAL_SKILL_NAMES),
  },
  isPromotion: {
    label: "Dòng họ khuyến học",
    allLabel: "Tất cả",
    choices: yesNo("Là dòng họ khuyến học", "Chưa là"),
  },
  kind: {
    label: "Loại đơn vị",
    allLabel: "Mọi loại",
    choices: named(ORGANISATION_KINDS, ORGANISATION_KIND_NAMES),
  },
  level: {
    label: "Cấp quản lý",
    allLabel: "Mọi cấp",
    choices: named(ORGANISATION_LEVELS, ORGANISATION_LEVEL_NAMES),
  },
  isClosed: {
    label: "Theo dõi",
    allLabel: "Đang theo dõi",
    choices: [{ value: true, label: "Đã thôi theo dõi" }],
  },
};

/** One filter as a list to choose from, in the words of an address. */
export type FilterChoice = Readonly<{
  name: string;
  label: string;
  allLabel: string;
  value: string;
  options: { value: string; label: string }[];
}>;

/** The filters of a register that are chosen from closed lists, those used daily first. */
export function filterChoices(filter: RegistryFilter): { often: FilterChoice[]; seldom: FilterChoice[] } {
  const choices = FILTERS_OF[filter.title].flatMap((key) => {
    const offered = OFFERED[key];
    if (!offered) return [];

    return [
      {
        key,
        name: paramOf(key),
        label: offered.label,
        allLabel: offered.allLabel,
        value: slugOf(key, filter[key]),
        options: offered.choices.map(({ value, label }) => ({ value: slugOf(key, value), label })),
      },
    ];
  });

  return {
    often: choices.filter(({ key }) => key === "state"),
    seldom: choices.filter(({ key }) => key !== "state"),
  };
}

const SORT_NAMES: Readonly<Record<RegistrySort, string>> = {
  name: "Theo tên",
  hamlet: "Theo thôn, rồi theo tên",
  newest: "Mới ghi trước",
};

/** The orders a list can stand in, beside the one by name that it has by itself. */
export function sortChoice(filter: RegistryFilter, isByHamlet: boolean): FilterChoice {
  const sorts = ["hamlet", "newest"] as const;

  return {
    name: paramOf("sort"),
    label: "Sắp xếp",
    allLabel: SORT_NAMES.name,
    value: sortSlug(filter.sort),
    options: sorts
      .filter((sort) => sort !== "hamlet" || isByHamlet)
      .map((sort) => ({ value: sortSlug(sort), label: SORT_NAMES[sort] })),
  };
}

function sortSlug(sort: RegistrySort): string {
  return sort === "name" ? "" : sort === "hamlet" ? "thon" : "moi";
}

/** Do entries of the kind stand in hamlets. */
export function standsInHamlet(title: TitleCode): boolean {
  return title !== "ORGANISATION" && title !== "COMMUNITY";
}
