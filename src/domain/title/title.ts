import { z } from "zod";

/** The five learning models, in the order in which every list, table and chart shows them. */
export const TITLE_CODES = ["FAMILY", "CLAN", "COMMUNITY", "ORGANISATION", "CITIZEN"] as const;
export const TitleCode = z.enum(TITLE_CODES);
export type TitleCode = z.infer<typeof TitleCode>;

/** Titles of the ministry's circulars, for upper-level organisations and for communes as a whole. */
export const AREA_TITLE_CODES = ["UPPER_ORGANISATION", "COMMUNE_COMMUNITY"] as const;
export const AreaTitleCode = z.enum(AREA_TITLE_CODES);
export type AreaTitleCode = z.infer<typeof AreaTitleCode>;

export const ANY_TITLE_CODES = [...TITLE_CODES, ...AREA_TITLE_CODES] as const;
export const AnyTitleCode = z.enum(ANY_TITLE_CODES);
export type AnyTitleCode = z.infer<typeof AnyTitleCode>;

/** What is recognised: the candidate behind a title. */
export const SUBJECT_KINDS = ["HOUSEHOLD", "CLAN", "HAMLET", "ORGANISATION", "CITIZEN", "COMMUNE"] as const;
export type SubjectKind = (typeof SUBJECT_KINDS)[number];

export type TitleDefinition = Readonly<{
  code: AnyTitleCode;
  /** Name of the title as it stands in a decision. */
  nameVi: string;
  /** The noun counted in "N gia đình", "N dòng họ"… */
  countedNounVi: string;
  /** What the candidate is called on its own page. */
  subjectNounVi: string;
  subjectKind: SubjectKind;
  /** Level of the unit whose yearly counters hold the title. */
  leafLevel: "HAMLET" | "COMMUNE" | "PROVINCE";
  /** Years a recognition counts, its own year included, unless the round says otherwise. */
  validityYears: number;
  /** Why that many years. */
  validitySource: string;
}>;

const YEARLY =
  "Hội Khuyến học đánh giá và đề nghị công nhận hằng năm; chưa có văn bản ấn định thời hạn dài hơn";

/**
 * The titles and what follows from each.
 * Validity: circular 24/2023/TT-BGDĐT keeps results for the three following years; circular 25/2023/TT-BGDĐT
 * recognises for 36 months; the association's titles are evaluated every year (387/QĐ-TTg).
 */
export const TITLES: Readonly<Record<AnyTitleCode, TitleDefinition>> = {
  FAMILY: {
    code: "FAMILY",
    nameVi: "Gia đình học tập",
    countedNounVi: "gia đình",
    subjectNounVi: "hộ gia đình",
    subjectKind: "HOUSEHOLD",
    leafLevel: "HAMLET",
    validityYears: 1,
    validitySource: YEARLY,
  },
  CLAN: {
    code: "CLAN",
    nameVi: "Dòng họ học tập",
    countedNounVi: "dòng họ",
    subjectNounVi: "dòng họ",
    subjectKind: "CLAN",
    leafLevel: "HAMLET",
    validityYears: 1,
    validitySource: YEARLY,
  },
  COMMUNITY: {
    code: "COMMUNITY",
    nameVi: "Cộng đồng học tập",
    countedNounVi: "cộng đồng",
    subjectNounVi: "thôn, tổ dân phố",
    subjectKind: "HAMLET",
    leafLevel: "HAMLET",
    validityYears: 1,
    validitySource: YEARLY,
  },
  ORGANISATION: {
    code: "ORGANISATION",
    nameVi: "Đơn vị học tập",
    countedNounVi: "đơn vị",
    subjectNounVi: "đơn vị",
    subjectKind: "ORGANISATION",
    leafLevel: "COMMUNE",
    validityYears: 1,
    validitySource: YEARLY,
  },
  CITIZEN: {
    code: "CITIZEN",
    nameVi: "Công dân học tập",
    countedNounVi: "công dân",
    subjectNounVi: "công dân",
    subjectKind: "CITIZEN",
    leafLevel: "HAMLET",
    validityYears: 1,
    validitySource: YEARLY,
  },
  UPPER_ORGANISATION: {
    code: "UPPER_ORGANISATION",
    nameVi: "Đơn vị học tập cấp huyện, tỉnh",
    countedNounVi: "đơn vị",
    subjectNounVi: "đơn vị cấp huyện, tỉnh",
    subjectKind: "ORGANISATION",
    leafLevel: "PROVINCE",
    validityYears: 3,
    validitySource: "Thông tư 24/2023/TT-BGDĐT: kết quả được bảo lưu 3 năm tiếp theo",
  },
  COMMUNE_COMMUNITY: {
    code: "COMMUNE_COMMUNITY",
    nameVi: "Cộng đồng học tập cấp xã",
    countedNounVi: "xã",
    subjectNounVi: "xã, phường, đặc khu",
    subjectKind: "COMMUNE",
    leafLevel: "COMMUNE",
    validityYears: 3,
    validitySource: "Thông tư 25/2023/TT-BGDĐT: thời hạn 36 tháng",
  },
};

/** The four forms of the citizen title (324/QĐ-KHVN of 25/10/2023), by occupation. */
export const CITIZEN_VARIANTS = ["FARMER", "WORKER", "OFFICIAL", "STUDENT"] as const;
export const CitizenVariant = z.enum(CITIZEN_VARIANTS);
export type CitizenVariant = z.infer<typeof CitizenVariant>;

export const CITIZEN_VARIANT_NAMES: Readonly<Record<CitizenVariant, string>> = {
  FARMER: "Nông dân và lao động nông thôn",
  WORKER: "Công nhân, lao động tiểu thủ công, thợ",
  OFFICIAL: "Quản lý, cán bộ, công chức, viên chức, doanh nhân",
  STUDENT: "Học sinh, sinh viên",
};
