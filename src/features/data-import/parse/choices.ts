import type { ImportField } from "../types";
import { toKey } from "./text";

type Choice = Readonly<{ value: string; words: readonly string[] }>;

/**
 * What people write for a closed choice, without marks. A word list is looked up whole; the longest phrase inside the text
 * decides where the whole text is not listed.
 */
export const CHOICES: Readonly<Partial<Record<ImportField, readonly Choice[]>>> = {
  sex: [
    { value: "MALE", words: ["nam", "nam gioi", "trai", "con trai", "ong", "m", "male"] },
    { value: "FEMALE", words: ["nu", "nu gioi", "gai", "con gai", "ba", "f", "female"] },
  ],
  poverty: [
    {
      value: "NEAR_POOR",
      words: ["can ngheo", "ho can ngheo", "hcn", "can", "near poor"],
    },
    { value: "POOR", words: ["ngheo", "ho ngheo", "hn", "poor"] },
    {
      value: "NONE",
      words: [
        "khong",
        "khong thuoc dien ngheo can ngheo",
        "khong ngheo",
        "khong thuoc dien",
        "binh thuong",
        "trung binh",
        "kha",
        "giau",
        "kha gia",
        "thoat ngheo",
        "muc song trung binh",
        "ho khong ngheo",
        "ho trung binh",
        "ho kha",
        "ho giau",
      ],
    },
  ],
  digitalSkill: [
    {
      value: "NONE",
      words: ["chua co", "khong", "khong co", "chua", "chua biet", "khong biet", "0"],
    },
    {
      value: "HAS",
      words: ["co ky nang co ban", "co", "co ban", "biet", "x", "biet su dung", "dat", "trung binh", "1"],
    },
    { value: "FLUENT", words: ["thanh thao", "tot", "su dung thanh thao", "thao", "2"] },
  ],
  organisationKind: [
    {
      value: "AGENCY",
      words: [
        "co quan",
        "to chuc",
        "co quan to chuc",
        "co quan hanh chinh",
        "co quan nha nuoc",
        "hanh chinh",
        "don vi hanh chinh",
        "ubnd",
        "dang uy",
        "mttq",
        "doan the",
        "uy ban nhan dan",
        "don vi su nghiep",
        "su nghiep",
        "hoi",
      ],
    },
    {
      value: "SCHOOL",
      words: [
        "truong hoc",
        "truong",
        "co so giao duc",
        "truong hoc co so giao duc",
        "giao duc",
        "mam non",
        "tieu hoc",
        "thcs",
        "thpt",
        "nha truong",
        "trung hoc",
        "mau giao",
        "trung tam hoc tap cong dong",
        "tthtcd",
      ],
    },
    {
      value: "HEALTH",
      words: ["co so y te", "y te", "tram y te", "benh vien", "phong kham", "trung tam y te"],
    },
    {
      value: "ENTERPRISE",
      words: [
        "doanh nghiep",
        "cong ty",
        "dn",
        "cong ty tnhh",
        "cong ty co phan",
        "xi nghiep",
        "nha may",
        "doanh nghiep tu nhan",
        "ngan hang",
        "co so san xuat",
      ],
    },
    { value: "COOPERATIVE", words: ["hop tac xa", "htx", "to hop tac", "tht"] },
    {
      value: "ARMED_FORCES",
      words: [
        "luc luong vu trang",
        "don vi luc luong vu trang",
        "llvt",
        "cong an",
        "quan doi",
        "quan su",
        "bo doi",
        "don bien phong",
        "ban chi huy quan su",
        "bien phong",
      ],
    },
    { value: "OTHER", words: ["khac", "don vi khac", "loai khac", "other"] },
  ],
  organisationLevel: [
    {
      value: "COMMUNE",
      words: [
        "xa",
        "phuong",
        "thi tran",
        "cap xa",
        "thuoc xa",
        "thuoc xa phuong",
        "xa phuong",
        "xa quan ly",
        "cap xa quan ly",
      ],
    },
    {
      value: "DISTRICT",
      words: [
        "huyen",
        "cap huyen",
        "thuoc huyen",
        "thuoc huyen cu",
        "quan",
        "thi xa",
        "thanh pho",
        "huyen quan ly",
      ],
    },
    {
      value: "PROVINCE",
      words: [
        "tinh",
        "cap tinh",
        "thuoc tinh",
        "trung uong",
        "thuoc tinh trung uong",
        "tw",
        "tinh quan ly",
        "bo",
        "thuoc trung uong",
        "cap trung uong",
      ],
    },
  ],
  hamletKind: [
    { value: "Thôn", words: ["thon", "xom", "lang", "buon", "thon xom"] },
    { value: "Bản", words: ["ban"] },
    { value: "Ấp", words: ["ap", "khom"] },
    { value: "Tổ dân phố", words: ["to dan pho", "tdp", "to", "to nhan dan"] },
    { value: "Khu phố", words: ["khu pho", "kp", "khu", "khu dan cu"] },
  ],
};

const WHOLE = new Map(
  Object.entries(CHOICES).map(([field, choices]) => [
    field,
    new Map(choices.flatMap(({ value, words }) => words.map((word) => [word, value] as const))),
  ]),
);

/** Phrases that decide inside a longer text (`Trường THCS công lập`), the longest first. */
const INSIDE = new Map(
  (["poverty", "organisationKind"] as const).map((field) => [
    field as ImportField,
    (CHOICES[field] ?? [])
      .flatMap(({ value, words }) => words.map((word) => ({ word, value })))
      .filter(({ word }) => word.length >= 4)
      .sort((a, b) => b.word.length - a.word.length),
  ]),
);

/** The value a text stands for in a field with a closed choice; undefined when it is none of them. */
export function choiceOf(field: ImportField, text: string): string | undefined {
  const key = toKey(text);
  const whole = WHOLE.get(field)?.get(key);
  if (whole !== undefined) return whole;

  return INSIDE.get(field)?.find(({ word }) => ` ${key} `.includes(` ${word} `))?.value;
}

/** The value a whole text stands for, phrases inside it aside: what a column is called when its marks mean that value. */
export function choiceInHeader(field: ImportField, header: string): string | undefined {
  return WHOLE.get(field)?.get(toKey(header));
}

const YES: ReadonlySet<string> = new Set("x,xx,v,co,1,dung,yes,y,true,t,da,roi,co ky,dong y,duoc".split(","));
const NO: ReadonlySet<string> = new Set(
  "khong,ko,k,kg,0,chua,sai,no,n,false,f,trong,khong co,chua co,bo trong".split(","),
);
const YES_MARKS = /^[✓✔☑☒√✗✘×●•◉■+*]+$/u;
const NO_MARKS = /^[-–—_./☐○□]+$/u;

/** What people write for yes in a field besides the words for all fields. */
const YES_BY_FIELD: Readonly<Partial<Record<ImportField, ReadonlySet<string>>>> = {
  registered: new Set(["dang ky", "dk", "da dang ky", "da dk", "co dang ky"]),
  reached: new Set(["dat", "d", "da dat", "cong nhan", "duoc cong nhan", "da cong nhan"]),
  isAssociationMember: new Set(["hoi vien", "hv", "la hoi vien"]),
  isWorker: new Set(["lao dong", "nguoi lao dong", "ld"]),
  isPromotion: new Set(["khuyen hoc", "dong ho khuyen hoc", "dhkh"]),
  isSpeciallyDifficult: new Set(["dac biet kho khan", "dbkk", "kho khan"]),
};
const NO_BY_FIELD: Readonly<Partial<Record<ImportField, ReadonlySet<string>>>> = {
  registered: new Set(["khong dang ky", "chua dang ky", "khong dk", "chua dk"]),
  reached: new Set(["khong dat", "chua dat", "kd", "cd", "khong cong nhan"]),
};

/** Whether a mark or word says yes or no; undefined when it says neither. */
export function yesOrNo(field: ImportField, text: string): boolean | undefined {
  if (YES_MARKS.test(text)) return true;
  if (NO_MARKS.test(text)) return false;
  const key = toKey(text);
  if (YES.has(key) || YES_BY_FIELD[field]?.has(key)) return true;
  if (NO.has(key) || NO_BY_FIELD[field]?.has(key)) return false;

  return undefined;
}
