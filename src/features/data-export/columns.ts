import { stateName } from "@/domain/recognition/recognition";
import { entryCode } from "@/domain/title/entry-code";
import type { TitleCode } from "@/domain/title/title";
import { fieldOf } from "@/features/data-import/fields";
import type { ImportField } from "@/features/data-import/types";
import type { CloseReason } from "@/features/registry/constants";
import {
  CLOSE_REASON_NAMES,
  DIGITAL_SKILL_NAMES,
  ORGANISATION_KIND_NAMES,
  ORGANISATION_LEVEL_NAMES,
  POVERTY_NAMES,
  SEX_NAMES,
  VARIANT_SHORT_NAMES,
} from "@/features/registry/constants";
import type { CellValue } from "@/lib/spreadsheet/cell";
import type { WriteColumn } from "@/lib/spreadsheet/write";
import type { RegistryRecord } from "./types";

/** A column of a file of the register and what stands in it. */
export type RegistryColumn = WriteColumn & Readonly<{ value: (record: RegistryRecord) => CellValue }>;

/** The fields of the register that a file takes out, in the order of the columns: those an import takes in under the same header. */
export const EXPORT_FIELDS: Readonly<Record<TitleCode, readonly ImportField[]>> = {
  FAMILY: [
    "code",
    "name",
    "hamlet",
    "headBirthYear",
    "address",
    "isAssociationMember",
    "clan",
    "poverty",
    "hasSchoolAgeChildren",
  ],
  CITIZEN: [
    "code",
    "name",
    "birthYear",
    "sex",
    "hamlet",
    "household",
    "occupation",
    "isWorker",
    "organisation",
    "digitalSkill",
  ],
  CLAN: ["code", "name", "hamlet", "headName", "isPromotion"],
  ORGANISATION: ["code", "name", "organisationKind", "organisationLevel"],
  COMMUNITY: ["code", "name", "hamletKind", "isSpeciallyDifficult"],
};

const yesNo = (value: boolean | undefined): CellValue =>
  value === undefined ? null : value ? "Có" : "Không";
const named = (names: Readonly<Record<string, string>>, code: string | undefined): CellValue =>
  code === undefined ? null : (names[code] ?? code);

/** What an entry has in a field, in the words an import reads back to the same fact. */
export function fieldValue(title: TitleCode, field: ImportField, record: RegistryRecord): CellValue {
  switch (field) {
    case "code":
      return entryCode(title, BigInt(record.number));
    case "name":
      return record.name;
    case "hamlet":
      return record.unitName;
    case "headBirthYear":
      return record.headBirthYear ?? null;
    case "address":
      return record.address ?? null;
    case "isAssociationMember":
      return yesNo(record.isAssociationMember);
    case "clan":
      return record.clanName ?? null;
    case "poverty":
      return named(POVERTY_NAMES, record.poverty);
    case "hasSchoolAgeChildren":
      return yesNo(record.hasSchoolAgeChildren);
    case "birthYear":
      return record.birthYear ?? null;
    case "sex":
      return named(SEX_NAMES, record.sex);
    case "household":
      return record.householdNumber ? entryCode("FAMILY", BigInt(record.householdNumber)) : null;
    case "occupation":
      return named(VARIANT_SHORT_NAMES, record.variant);
    case "isWorker":
      return yesNo(record.isWorker);
    case "organisation":
      return record.organisationName ?? null;
    case "digitalSkill":
      return named(DIGITAL_SKILL_NAMES, record.digitalSkill);
    case "headName":
      return record.headName ?? null;
    case "isPromotion":
      return yesNo(record.isPromotion);
    case "organisationKind":
      return named(ORGANISATION_KIND_NAMES, record.organisationKind);
    case "organisationLevel":
      return named(ORGANISATION_LEVEL_NAMES, record.organisationLevel);
    case "hamletKind":
      return record.hamletKind ?? null;
    case "isSpeciallyDifficult":
      return yesNo(record.isSpeciallyDifficult);
    default:
      return null;
  }
}

const WIDTHS: Readonly<Partial<Record<ImportField, number>>> = {
  code: 11,
  name: 30,
  hamlet: 20,
  address: 30,
  clan: 22,
  poverty: 24,
  household: 14,
  occupation: 26,
  organisation: 30,
  digitalSkill: 20,
  headName: 26,
  organisationKind: 26,
  organisationLevel: 22,
};
const NUMBERS: readonly ImportField[] = ["birthYear", "headBirthYear"];

/** The column of a field: header, width and type. */
export function fieldColumn(title: TitleCode, field: ImportField): WriteColumn {
  const header = field === "household" ? HOUSEHOLD_CODE : (fieldOf(title, field)?.label ?? field);
  const width = WIDTHS[field];

  return {
    header,
    type: NUMBERS.includes(field) ? "number" : "text",
    ...(width === undefined ? {} : { width }),
  };
}

/** Header of the code of a citizen's household: a name alone may stand for several. */
export const HOUSEHOLD_CODE = "Mã hộ";

/** Says whether there is a number, never which. Its header is none an import takes for the number itself. */
const IDENTITY_KNOWN = "Giấy tờ";

const HOUSEHOLD_NAME: RegistryColumn = {
  header: "Tên hộ",
  width: 28,
  type: "text",
  value: ({ householdName }) => householdName ?? null,
};

/** The columns of a list of the register: its fields, then what the year and the rest of the software say of an entry. */
export function registryColumns(
  title: TitleCode,
  {
    year,
    isAboveCommune,
    isClosed,
    showsIdentity,
  }: Readonly<{ year: number; isAboveCommune: boolean; isClosed: boolean; showsIdentity: boolean }>,
  resultOf: (record: RegistryRecord) => string | null,
): RegistryColumn[] {
  const fields = EXPORT_FIELDS[title].flatMap((field): RegistryColumn[] => [
    { ...fieldColumn(title, field), value: (record) => fieldValue(title, field, record) },
    ...(field === "household" ? [HOUSEHOLD_NAME] : []),
  ]);
  const identity: RegistryColumn[] =
    title === "CITIZEN" && showsIdentity
      ? [
          {
            header: IDENTITY_KNOWN,
            width: 12,
            type: "text",
            value: ({ hasIdentity }) => (hasIdentity ? "Đã có" : "Chưa"),
          },
        ]
      : [];
  const commune: RegistryColumn[] = isAboveCommune
    ? [{ header: "Xã, phường", width: 22, type: "text", value: ({ communeName }) => communeName }]
    : [];
  const closed: RegistryColumn[] = isClosed
    ? [
        {
          header: "Thôi theo dõi từ",
          width: 16,
          type: "date",
          value: ({ activeTo }) => activeTo && { date: activeTo },
        },
        {
          header: "Lý do thôi theo dõi",
          width: 30,
          type: "text",
          value: ({ closeReason }) =>
            closeReason && (CLOSE_REASON_NAMES[title][closeReason as CloseReason] ?? closeReason),
        },
      ]
    : [];

  return [
    ...fields,
    ...identity,
    ...commune,
    { header: "Ghi vào sổ từ", width: 14, type: "date", value: ({ activeFrom }) => ({ date: activeFrom }) },
    ...closed,
    {
      header: `Tình trạng năm ${year}`,
      width: 20,
      type: "text",
      value: ({ state, isComplete }) => stateName(state, isComplete),
    },
    { header: `Điểm năm ${year}`, width: 12, type: "decimal", value: ({ total }) => total },
    { header: `Xếp loại năm ${year}`, width: 18, type: "text", value: resultOf },
  ];
}
