import type { TitleCode } from "@/domain/title/title";
import { TITLES } from "@/domain/title/title";
import { ORGANISATION_KIND_NAMES, VARIANT_SHORT_NAMES } from "@/features/registry/constants";
import { inSentence } from "@/features/territory/utils";
import { formatCount, formatNumber } from "@/lib/format/number";
import { countInWords } from "@/lib/format/number-words";
import type { CellValue } from "@/lib/spreadsheet/cell";
import { capitalised } from "@/lib/text/name";
import type { OfficialEntry, OfficialScope } from "./data/official";

type Unit = Readonly<{ name: string; level: string }>;

/** An official list of a commune's association: whom it proposes for a title of a year. */
export type OfficialList = Readonly<{
  title: TitleCode;
  year: number;
  scope: OfficialScope;
  commune: Unit;
  /** the district or province whose association stands above */
  parent: Unit | undefined;
  entries: readonly OfficialEntry[];
}>;

export type OfficialColumn = Readonly<{
  key: string;
  header: string;
  /** of the width of the table, in hundredths */
  share: number;
  align: "left" | "center" | "right";
  value: (entry: OfficialEntry) => string | number | null;
}>;

const name = (header: string, share: number): OfficialColumn => ({
  key: "name",
  header,
  share,
  align: "left",
  value: (entry) => entry.name,
});
const birthYear: OfficialColumn = {
  key: "birthYear",
  header: "Năm sinh",
  share: 10,
  align: "center",
  value: (entry) => entry.birthYear,
};
const total: OfficialColumn = {
  key: "total",
  header: "Tổng điểm",
  share: 10,
  align: "center",
  value: (entry) => entry.total,
};
const result: OfficialColumn = {
  key: "result",
  header: "Xếp loại",
  share: 14,
  align: "center",
  value: (entry) => entry.className,
};

const COLUMNS: Readonly<Record<TitleCode, readonly OfficialColumn[]>> = {
  FAMILY: [
    name("Họ và tên chủ hộ", 28),
    birthYear,
    { key: "address", header: "Địa chỉ", share: 31, align: "left", value: (entry) => entry.address },
    total,
    result,
  ],
  CLAN: [
    name("Tên dòng họ", 36),
    { key: "head", header: "Trưởng họ", share: 33, align: "left", value: (entry) => entry.headName },
    total,
    result,
  ],
  COMMUNITY: [name("Tên thôn, tổ dân phố", 69), total, result],
  ORGANISATION: [
    name("Tên đơn vị", 42),
    {
      key: "kind",
      header: "Loại đơn vị",
      share: 27,
      align: "left",
      value: ({ organisationKind: kind }) =>
        kind && ((ORGANISATION_KIND_NAMES as Readonly<Record<string, string>>)[kind] ?? kind),
    },
    total,
    result,
  ],
  CITIZEN: [
    name("Họ và tên", 30),
    birthYear,
    {
      key: "variant",
      header: "Nghề nghiệp",
      share: 29,
      align: "left",
      value: ({ variant }) => variant && VARIANT_SHORT_NAMES[variant],
    },
    total,
    result,
  ],
};

/** The columns of a title's list, after the running number. */
export function officialColumns(title: TitleCode): readonly OfficialColumn[] {
  return COLUMNS[title];
}

/** The entries by hamlet, in their order; titles that are not of a hamlet make one group without a heading. */
export function officialGroups(
  list: OfficialList,
): { heading: string | null; first: number; entries: OfficialEntry[] }[] {
  const isByHamlet = list.title !== "COMMUNITY" && list.title !== "ORGANISATION";
  const groups: { heading: string | null; first: number; entries: OfficialEntry[] }[] = [];
  let hamletId: number | undefined;
  for (const [index, entry] of list.entries.entries()) {
    if (groups.length === 0 || (isByHamlet && entry.hamletId !== hamletId)) {
      groups.push({ heading: isByHamlet ? entry.hamletName : null, first: index + 1, entries: [] });
      hamletId = entry.hamletId;
    }
    groups.at(-1)?.entries.push(entry);
  }

  return groups.map((group) => ({
    ...group,
    heading:
      group.heading &&
      `${group.heading} (${formatCount(group.entries.length)} ${TITLES[list.title].countedNounVi})`,
  }));
}

/** The fixed words of the paper, as the page and the workbook show them. */
export function officialWords(list: OfficialList) {
  const { title, year, commune, parent, entries } = list;
  const { nameVi, countedNounVi } = TITLES[title];
  const association = (unit: Unit) => `Hội Khuyến học ${inSentence(unit.name)}`;

  return {
    above: parent ? association(parent).toUpperCase() : "HỘI KHUYẾN HỌC",
    body: association(commune).toUpperCase(),
    number: "Số: …/DS-HKH",
    nation: "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    motto: "Độc lập - Tự do - Hạnh phúc",
    placeAndDate: `${placeOf(commune)}, ngày … tháng … năm …`,
    kind: "DANH SÁCH",
    subject: `Đề nghị công nhận danh hiệu “${nameVi}” năm ${year}`,
    attached: `(Kèm theo Tờ trình số …/TTr-HKH ngày … tháng … năm … của ${association(commune)})`,
    total: `Danh sách có ${formatCount(entries.length)} ${countedNounVi} (${capitalised(countInWords(entries.length))} ${countedNounVi}).`,
    recipients: [
      `- UBND ${inSentence(commune.name)};`,
      ...(parent ? [`- ${association(parent)};`] : []),
      "- Lưu: VT.",
    ],
    onBehalf: "TM. BAN CHẤP HÀNH",
    office: "CHỦ TỊCH",
    signHint: "(Ký, đóng dấu, ghi rõ họ tên)",
  } as const;
}

/** The name of a commune without its kind: `Xã Tân Trào` → `Tân Trào`. */
function placeOf({ name: full }: Unit): string {
  return full.replace(/^(?:xã|phường|thị trấn|đặc khu)\s+/iu, "");
}

/** A value of the list as people read it. */
export function officialText(value: string | number | null, key: string): string {
  if (value === null) return "";
  if (typeof value === "string") return value;

  return key === "total" ? formatNumber(value, 2) : String(value);
}

/** The rows of the workbook: headings of hamlets over all columns, then the entries with their running number. */
export function* officialRows(
  list: OfficialList,
): Generator<readonly CellValue[] | { cells: readonly CellValue[]; mark: "section" }> {
  const columns = officialColumns(list.title);
  for (const { heading, first, entries } of officialGroups(list)) {
    if (heading !== null) yield { cells: [heading], mark: "section" };
    for (const [index, entry] of entries.entries())
      yield [first + index, ...columns.map(({ value }) => value(entry))];
  }
}
