import { z } from "zod";
import { checkDefinition, publicationIssues } from "@/domain/criteria/check-definition";
import { CriteriaSet } from "@/domain/criteria/criteria-set";
import { CriteriaSetFile } from "@/domain/criteria/reference-file";
import { readJson } from "./source-files";

const SET_CODES: Readonly<Record<string, string>> = {
  "CDHT-324-2023-NONG_DAN": "CITIZEN-324-2023-FARMER",
  "CDHT-324-2023-CONG_NHAN": "CITIZEN-324-2023-WORKER",
  "CDHT-324-2023-CAN_BO": "CITIZEN-324-2023-OFFICIAL",
  "CDHT-324-2023-HOC_SINH": "CITIZEN-324-2023-STUDENT",
  "CDHT-244-2022": "CITIZEN-244-2022",
  "GDHT-MAU-2022": "FAMILY-TEMPLATE-2022",
  "DHHT-MAU-2022": "CLAN-TEMPLATE-2022",
  "CDHT-THON-MAU-2022": "COMMUNITY-TEMPLATE-2022",
  "DVHT-XA-MAU-2022": "ORGANISATION-TEMPLATE-2022",
  "DVHT-TT22-2020": "UPPER-ORGANISATION-22-2020",
  "DVHT-TINH-TT24-2023": "UPPER-ORGANISATION-24-2023",
  "CDHT-XA-TT25-2023": "COMMUNE-COMMUNITY-25-2023",
};
const TITLES: Readonly<Record<string, string>> = {
  GIA_DINH: "FAMILY",
  DONG_HO: "CLAN",
  CONG_DONG: "COMMUNITY",
  DON_VI: "ORGANISATION",
  CONG_DAN: "CITIZEN",
  DON_VI_CAP_TREN: "UPPER_ORGANISATION",
  CONG_DONG_XA: "COMMUNE_COMMUNITY",
};
const VARIANTS: Readonly<Record<string, string>> = {
  NONG_DAN: "FARMER",
  CONG_NHAN: "WORKER",
  CAN_BO: "OFFICIAL",
  HOC_SINH: "STUDENT",
};
const CLASSES: Readonly<Record<string, string>> = {
  DAT: "PASS",
  TOT: "GOOD",
  KHA: "FAIR",
  TRUNG_BINH: "AVERAGE",
  "1": "LEVEL_1",
  "2": "LEVEL_2",
};
/** Remarks of the collector, in the words a reader of the form understands. */
const WORDINGS: readonly (readonly [RegExp, string])[] = [
  [/; phần chưa đọc được văn bản gốc ghi rõ là mẫu, địa phương/, "; điểm là mẫu, địa phương"],
  [/^tên đọc được, điểm là mẫu$/, "Nội dung theo 448/QĐ-KHVN, điểm là mẫu"],
  [/\(chưa đọc được phần trăm\)/, "(chưa nhập tỷ lệ)"],
  [/\(chưa đọc được\)/, "(chưa nhập nội dung)"],
  [/; phần trăm chưa đọc được để trống/, "; các tỷ lệ còn thiếu phải nhập theo thông tư"],
  [/6 chỉ tiêu đọc được, 9 chỉ tiêu/, "đã nhập 6 chỉ tiêu, 9 chỉ tiêu"],
  [/^mẫu$/, "Bộ mẫu, chưa cơ quan nào ban hành"],
];

const Coded = z.looseObject({ code: z.string() });
const Source = z.object({
  sets: z.array(
    z.looseObject({
      code: z.string(),
      title: z.string(),
      variant: Coded.optional(),
      validTo: z.string().nullable(),
      status: z.string(),
      scoring: z.looseObject({
        classes: z.array(Coded).optional(),
        levels: z.array(Coded).optional(),
      }),
      groups: z.array(z.looseObject({ items: z.array(z.looseObject({ derived: z.string().optional() })) })),
    }),
  ),
});

function translate(table: Readonly<Record<string, string>>, key: string): string {
  const found = table[key];
  if (!found) throw new Error(`No English code for ${key}`);

  return found;
}

function reword(value: unknown): unknown {
  if (typeof value === "string") {
    return WORDINGS.reduce((text, [pattern, wording]) => text.replace(pattern, wording), value);
  }
  if (Array.isArray(value)) return value.map(reword);
  if (typeof value === "object" && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, reword(member)]));
  }

  return value;
}

function recode<T extends { code: string }>(values: readonly T[] | undefined): T[] | undefined {
  return values?.map((value) => ({ ...value, code: translate(CLASSES, value.code) }));
}

/** The source gives the last day of validity; the project counts to the first day after. */
function dayAfter(date: string): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);
}

/** Compiles the criteria sets: English codes, half-open dates, every published set checked beyond its shape. */
export function compileCriteriaSets(folder: string): CriteriaSetFile {
  const { sets } = Source.parse(reword(readJson(folder, "criteria-sets.json")));

  const compiled = sets.map((set) => {
    const { classes, levels, ...scoring } = set.scoring;
    const parsed = CriteriaSet.parse({
      code: translate(SET_CODES, set.code),
      version: 1,
      title: translate(TITLES, set.title),
      variant: set.variant ? translate(VARIANTS, set.variant.code) : null,
      name: set.name,
      legalBasis: set.legalBasis,
      issuer: set.issuer,
      validFrom: set.validFrom,
      validTo: set.validTo === null ? null : dayAfter(set.validTo),
      status: set.status.toUpperCase(),
      definition: {
        scoring: {
          ...scoring,
          ...(classes && { classes: recode(classes) }),
          ...(levels && { levels: recode(levels) }),
        },
        groups: set.groups.map((group) => ({
          ...group,
          items: group.items.map((item) => ({
            ...item,
            ...(item.derived && { derived: item.derived.replace(/^unit\./, "organisation.") }),
          })),
        })),
        ...(set.incomplete !== undefined && { incomplete: set.incomplete }),
      },
    });
    const issues =
      parsed.status === "DRAFT" ? checkDefinition(parsed.definition) : publicationIssues(parsed.definition);
    if (issues.length > 0) throw new Error(`${parsed.code}: ${JSON.stringify(issues)}`);
    return parsed;
  });

  return CriteriaSetFile.parse({
    note: "Bộ tiêu chí khởi đầu. TEMPLATE: dùng được, luôn kèm thông báo là bộ mẫu. DRAFT: chưa dùng được.",
    sets: compiled,
  });
}
