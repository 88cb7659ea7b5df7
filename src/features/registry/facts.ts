import type { TitleCode } from "@/domain/title/title";
import { CITIZEN_VARIANT_NAMES } from "@/domain/title/title";
import {
  DIGITAL_SKILL_NAMES,
  kindOf,
  ORGANISATION_KIND_NAMES,
  ORGANISATION_LEVEL_NAMES,
  POVERTY_NAMES,
  SEX_NAMES,
} from "./constants";
import type { Entry } from "./data/entry";
import type { Fact } from "./types";

/** The facts of an entry by form field, references as the names of what they point at. */
export type FactValues = Readonly<Record<string, string | number | boolean | null | undefined>>;

const LABELS: Readonly<Record<TitleCode, readonly (readonly [field: string, label: string])[]>> = {
  FAMILY: [
    ["headBirthYear", "Năm sinh chủ hộ"],
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

/** The facts of an entry as they stand, references by name. */
export function valuesOf(entry: Entry): FactValues {
  const { household, citizen, clan, organisation, unit } = entry;

  return {
    name: entry.name,
    ...household,
    ...citizen,
    ...clan,
    ...organisation,
    clanId: household?.clan?.name,
    householdId: citizen?.household?.name,
    organisationId: citizen?.organisation?.name,
    ...(entry.title === "COMMUNITY" ? { kind: unit.type } : {}),
    household: undefined,
    organisation: undefined,
    clan: undefined,
  };
}

/** The stored facts of an entry as the values of its form: references by id, numbers as text. */
export function formValuesOf(entry: Entry): Record<string, string | boolean | null> {
  const { household, citizen, clan, organisation, unit } = entry;
  const referenceless = { clan: undefined, household: undefined, organisation: undefined };
  const values = {
    name: entry.name,
    ...household,
    ...citizen,
    ...clan,
    ...organisation,
    ...referenceless,
    clanId: household?.clan?.id,
    householdId: citizen?.household?.id,
    organisationId: citizen?.organisation?.id,
    ...(entry.title === "COMMUNITY" ? { kind: unit.type } : {}),
  };

  return Object.fromEntries(
    Object.entries(values).map(([field, value]) => [
      field,
      typeof value === "number" ? String(value) : (value ?? null),
    ]),
  );
}
