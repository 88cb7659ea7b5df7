import type { TitleCode } from "@/domain/title/title";
import { CITIZEN_VARIANT_NAMES, CitizenVariant } from "@/domain/title/title";
import {
  DIGITAL_SKILL_NAMES,
  kindOf,
  ORGANISATION_KIND_NAMES,
  ORGANISATION_LEVEL_NAMES,
  POVERTY_NAMES,
  SEX_NAMES,
} from "./constants";
import type { Fact } from "./types";

/** The facts of an entry by form field, references as the names of what they point at. */
export type FactValues = Readonly<Record<string, string | number | boolean | null | undefined>>;

const LABELS: Readonly<Record<TitleCode, readonly (readonly [field: string, label: string])[]>> = {
  FAMILY: [
    ["address", "Địa chỉ"],
    ["isAssociationMember", "Hội viên Hội Khuyến học"],
    ["clanId", "Dòng họ"],
    ["poverty", "Diện hộ"],
    ["hasSchoolAgeChildren", "Có con trong độ tuổi đi học"],
  ],
  CITIZEN: [
    ["birthYear", "Năm sinh"],
    ["sex", "Giới tính"],
    ["householdId", "Hộ gia đình"],
    ["variant", "Mẫu phiếu theo nghề nghiệp"],
    ["isWorker", "Người lao động"],
    ["organisationId", "Nơi làm việc, học tập"],
    ["digitalSkill", "Kỹ năng số"],
  ],
  CLAN: [
    ["headName", "Trưởng họ"],
    ["isPromotion", "Dòng họ khuyến học"],
  ],
  ORGANISATION: [
    ["kind", "Loại đơn vị"],
    ["level", "Cấp quản lý"],
  ],
  COMMUNITY: [["kind", "Loại"]],
};

const NAMES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  poverty: POVERTY_NAMES,
  sex: SEX_NAMES,
  variant: CITIZEN_VARIANT_NAMES,
  digitalSkill: DIGITAL_SKILL_NAMES,
  level: ORGANISATION_LEVEL_NAMES,
  kind: ORGANISATION_KIND_NAMES,
};

/** The facts of an entry, name first, in the words of the office. An empty fact has the text "". */
export function factsOf(title: TitleCode, values: FactValues): Fact[] {
  const fields = [["name", kindOf(title).nameLabel] as const, ...LABELS[title]];

  return fields.map(([field, label]) => ({ field, label, text: textOf(field, values[field]) }));
}

function textOf(field: string, value: FactValues[string]): string {
  if (value === null || value === undefined) return "";
  if (typeof value === "boolean") return value ? "Có" : "Không";

  return NAMES[field]?.[String(value)] ?? String(value);
}

/** The form of the citizen title by occupation, or undefined for an unknown code. */
export function variantOf(code: string): CitizenVariant | undefined {
  return CitizenVariant.safeParse(code).data;
}
