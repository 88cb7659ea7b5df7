import { INDICATORS } from "@/domain/indicator/catalogue";
import { titleCounter } from "@/domain/indicator/counters";
import { TITLE_CODES, TITLES } from "@/domain/title/title";
import { figureKey } from "./utils";

/** One entered number: `counter` names the register's own count of the same thing, where there is one. */
export type FigureField = Readonly<{ key: string; label: string; counter?: string; isYesNo?: boolean }>;

const TOTAL_LABELS = {
  FAMILY: "Tổng số gia đình",
  CLAN: "Tổng số dòng họ",
  COMMUNITY: "Tổng số thôn, bản, ấp, tổ dân phố",
  ORGANISATION: "Tổng số đơn vị trên địa bàn",
  CITIZEN: "Tổng số công dân",
} as const;

/** Official totals: denominators that go before the register's own count. */
export const TOTAL_FIELDS: readonly FigureField[] = TITLE_CODES.map((title) => {
  const counter = titleCounter(title, "Total");

  return { key: figureKey(counter), label: TOTAL_LABELS[title], counter };
});

/** Recognitions as reported, for years in which they were not made here. */
export const RECOGNISED_FIELDS: readonly FigureField[] = TITLE_CODES.map((title) => {
  const counter = titleCounter(title, "Recognised");

  return { key: figureKey(counter), label: `Số ${TITLES[title].countedNounVi} được công nhận`, counter };
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

export const FIGURE_FIELDS: readonly FigureField[] = [
  ...TOTAL_FIELDS,
  ...RECOGNISED_FIELDS,
  ...INDICATOR_FIELDS.flatMap(({ fields }) => fields),
];

/** Pairs in which the first cannot be more than the second. */
export const FIGURE_PAIRS: readonly (readonly [part: string, whole: string])[] = [
  ...TITLE_CODES.map(
    (title) =>
      [figureKey(titleCounter(title, "Recognised")), figureKey(titleCounter(title, "Total"))] as const,
  ),
  ...INDICATOR_FIELDS.flatMap(({ fields: [whole, part] }) =>
    whole && part ? [[part.key, whole.key] as const] : [],
  ),
];

/** The first year for which figures may be entered: the year of decision 281/QĐ-TTg. */
export const FIRST_FIGURE_YEAR = 2014;
