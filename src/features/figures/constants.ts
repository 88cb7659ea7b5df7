import { INDICATORS } from "@/domain/indicator/catalogue";
import type { UnitYearCounter } from "@/domain/indicator/counters";
import { titleCounter } from "@/domain/indicator/counters";
import type { TitleCode } from "@/domain/title/title";
import { TITLE_CODES, TITLES } from "@/domain/title/title";
import { capitalised } from "@/lib/text/name";
import { figureKey } from "./utils";

/** One entered number: `counter` names the register's own count of the same thing, where there is one. */
export type FigureField = Readonly<{
  key: string;
  label: string;
  /** for the head of a column */
  shortLabel?: string;
  counter?: UnitYearCounter;
  isYesNo?: boolean;
}>;

const TOTAL_LABELS = {
  FAMILY: "Tổng số gia đình",
  CLAN: "Tổng số dòng họ",
  COMMUNITY: "Tổng số thôn, bản, ấp, tổ dân phố",
  ORGANISATION: "Tổng số đơn vị trên địa bàn",
  CITIZEN: "Tổng số công dân",
} as const;

const SHORT_TOTALS = {
  FAMILY: "Gia đình",
  CLAN: "Dòng họ",
  COMMUNITY: "Thôn, tổ dân phố",
  ORGANISATION: "Đơn vị",
  CITIZEN: "Công dân",
} as const;

/** Official totals: denominators that go before the register's own count. */
export const TOTAL_FIELDS: readonly FigureField[] = TITLE_CODES.map((title) => {
  const counter = titleCounter(title, "Total");

  return { key: figureKey(counter), label: TOTAL_LABELS[title], shortLabel: SHORT_TOTALS[title], counter };
});

/** Totals of the people and groups that some plans count instead. */
export const PART_FIELDS: readonly FigureField[] = [
  { key: "member_family_total", label: "Gia đình hội viên", counter: "memberFamilyTotal" },
  { key: "promotion_clan_total", label: "Dòng họ khuyến học", counter: "promotionClanTotal" },
  { key: "adult_total", label: "Người lớn", counter: "adultTotal" },
  { key: "worker_total", label: "Người lao động", counter: "workerTotal" },
  {
    key: "staff_total",
    label: "Cán bộ, nhân viên của các đơn vị",
    shortLabel: "Cán bộ, nhân viên",
    counter: "staffTotal",
  },
];

const stageFields = (stage: "Registered" | "Recognised", name: string): readonly FigureField[] =>
  TITLE_CODES.map((title) => {
    const counter = titleCounter(title, stage);

    return {
      key: figureKey(counter),
      label: `Số ${TITLES[title].countedNounVi} ${name}`,
      shortLabel: `${capitalised(TITLES[title].countedNounVi)} ${name}`,
      counter,
    };
  });

/** Registrations and recognitions as reported, for years in which they were not made here. */
export const REGISTERED_FIELDS = stageFields("Registered", "đăng ký");
export const RECOGNISED_FIELDS = stageFields("Recognised", "được công nhận");

/** The titles of one unit and year as they are reported: total, registered, recognised. */
export const TITLE_ROWS: readonly Readonly<{
  title: TitleCode;
  total: FigureField;
  registered: FigureField;
  recognised: FigureField;
}>[] = TITLE_CODES.flatMap((title, index) => {
  const [total, registered, recognised] = [
    TOTAL_FIELDS[index],
    REGISTERED_FIELDS[index],
    RECOGNISED_FIELDS[index],
  ];

  return total && registered && recognised ? [{ title, total, registered, recognised }] : [];
});

/** Figures of the indicators that nothing in the register counts. */
export const INDICATOR_FIELDS: readonly Readonly<{
  code: string;
  name: string;
  fields: readonly FigureField[];
}>[] = INDICATORS.flatMap((indicator) => {
  if (indicator.kind === "ratio") return [];
  const { code, nameVi: name } = indicator;
  if (indicator.kind === "boolean") {
    return [{ code, name, fields: [{ key: figureKey(indicator.key), label: name, isYesNo: true }] }];
  }
  const [base] = indicator.bases;

  return [
    {
      code,
      name,
      fields: [
        { key: figureKey(base.denominator), label: `Tổng số ${base.denominatorVi}` },
        { key: figureKey(base.numerator), label: `Số ${base.numeratorVi}` },
      ],
    },
  ];
});

/** What can be entered for many units at once: every column of the file and of the grids. */
export const LIST_FIELDS: readonly FigureField[] = [
  ...TOTAL_FIELDS,
  ...PART_FIELDS,
  ...REGISTERED_FIELDS,
  ...RECOGNISED_FIELDS,
];

export const FIGURE_FIELDS: readonly FigureField[] = [
  ...LIST_FIELDS,
  ...INDICATOR_FIELDS.flatMap(({ fields }) => fields),
];

/** Pairs in which the first cannot be more than the second. */
export const FIGURE_PAIRS: readonly (readonly [part: string, whole: string])[] = [
  ...TITLE_ROWS.flatMap(({ total, registered, recognised }) => [
    [registered.key, total.key] as const,
    [recognised.key, total.key] as const,
  ]),
  ["member_family_total", "family_total"],
  ["promotion_clan_total", "clan_total"],
  ...INDICATOR_FIELDS.flatMap(({ fields: [whole, part] }) =>
    whole && part ? [[part.key, whole.key] as const] : [],
  ),
];

/** The first year for which figures may be entered: the year of decision 281/QĐ-TTg. */
export const FIRST_FIGURE_YEAR = 2014;

/** The sets of columns of the grid: `?bang=ket-qua`. */
export const GRID_SETS = ["tong-so", "ket-qua"] as const;
export type GridSet = (typeof GRID_SETS)[number];

export const GRID_SET_NAMES: Readonly<Record<GridSet, string>> = {
  "tong-so": "Tổng số",
  "ket-qua": "Đăng ký và công nhận",
};

/** The columns of the grid: at hamlets without what is only counted at the commune. */
export function gridFields(set: GridSet, childLevel: string): readonly FigureField[] {
  const fields =
    set === "tong-so" ? [...TOTAL_FIELDS, ...PART_FIELDS] : [...REGISTERED_FIELDS, ...RECOGNISED_FIELDS];

  return childLevel === "HAMLET"
    ? fields.filter(({ key }) => !/^(community|organisation|staff)_/.test(key))
    : fields;
}

const LABELS: ReadonlyMap<string, string> = new Map(FIGURE_FIELDS.map(({ key, label }) => [key, label]));

/** What a figure is called. */
export function figureLabel(key: string): string {
  return LABELS.get(key) ?? key;
}
