import type { TitleCode } from "@/domain/title/title";
import { IMPORT_TARGET_FIELDS } from "@/features/data-import/fields";
import type { ImportField } from "@/features/data-import/types";
import {
  DIGITAL_SKILL_NAMES,
  DIGITAL_SKILLS,
  HAMLET_KINDS,
  ORGANISATION_KIND_NAMES,
  ORGANISATION_KINDS,
  ORGANISATION_LEVEL_NAMES,
  ORGANISATION_LEVELS,
  POVERTY_LEVELS,
  POVERTY_NAMES,
  SEX_NAMES,
  SEXES,
  VARIANT_SHORT_NAMES,
} from "@/features/registry/constants";
import type { CellValue } from "@/lib/spreadsheet/cell";
import type { WriteColumn, WriteLine, WriteSheet } from "@/lib/spreadsheet/write";
import { fieldColumn, fieldValue } from "./columns";
import type { RegistryRecord } from "./types";

/** What the drop-downs of a commune's template offer beside the closed lists. */
export type TemplateChoices = Readonly<{
  hamlets: readonly string[];
  clans: readonly string[];
  organisations: readonly string[];
}>;

/** The sheets of the template in the order of the work: whom others point at comes first. */
const SHEETS: readonly Readonly<{ title: TitleCode; name: string }>[] = [
  { title: "COMMUNITY", name: "Thôn" },
  { title: "CLAN", name: "Dòng họ" },
  { title: "ORGANISATION", name: "Đơn vị" },
  { title: "FAMILY", name: "Hộ gia đình" },
  { title: "CITIZEN", name: "Công dân" },
];

const YES_NO = ["Có", "Không"];
const YES_NO_FIELDS: readonly ImportField[] = [
  "isAssociationMember",
  "hasSchoolAgeChildren",
  "isWorker",
  "isPromotion",
  "isSpeciallyDifficult",
];

/**
 * The template of a commune: one sheet a register with a locked header and drop-downs, and a page that says how.
 * @param records the commune's present entries, for a template that carries them; each under its code, so that an import
 *   finds it again. Identity numbers never leave: an empty cell there means "as it is".
 */
export function templateSheets({
  communeName,
  year,
  choices,
  records,
}: Readonly<{
  communeName: string;
  year: number;
  choices: TemplateChoices;
  records?: ((title: TitleCode) => AsyncIterable<RegistryRecord>) | undefined;
}>): WriteSheet[] {
  const sheets = SHEETS.map(
    ({ title, name }): WriteSheet => ({
      name,
      isHeaderLocked: true,
      columns: IMPORT_TARGET_FIELDS[title].map(({ field, hint, isRequired }) =>
        templateColumn(title, field, { hint: isRequired ? `Bắt buộc. ${hint}` : hint, choices }),
      ),
      rows: records ? rowsOf(title, records(title)) : [],
    }),
  );

  return [
    {
      name: "Hướng dẫn",
      columns: [{ header: "", width: 110 }],
      rows: [],
      above: guide({ communeName, year, isFilled: records !== undefined }),
    },
    ...sheets,
  ];
}

function templateColumn(
  title: TitleCode,
  field: ImportField,
  { hint, choices }: Readonly<{ hint: string; choices: TemplateChoices }>,
): WriteColumn {
  const offered = offeredFor(field, choices);
  const label = IMPORT_TARGET_FIELDS[title].find((one) => one.field === field)?.label ?? field;

  return {
    ...fieldColumn(title, field),
    header: label,
    hint,
    ...(offered ? { choices: offered.values, isStrict: offered.isStrict } : {}),
  };
}

/** What a column offers. A closed list refuses all else; names of the commune's own entries only ask back. */
function offeredFor(
  field: ImportField,
  choices: TemplateChoices,
): { values: readonly string[]; isStrict: boolean } | undefined {
  const closed = (values: readonly string[]) => ({ values, isStrict: true });
  const open = (values: readonly string[]) => ({ values, isStrict: false });
  if (YES_NO_FIELDS.includes(field)) return open(YES_NO);

  switch (field) {
    case "hamlet":
      return open(choices.hamlets);
    case "clan":
      return open(choices.clans);
    case "organisation":
      return open(choices.organisations);
    case "poverty":
      return closed(POVERTY_LEVELS.map((level) => POVERTY_NAMES[level]));
    case "sex":
      return closed(SEXES.map((sex) => SEX_NAMES[sex]));
    case "occupation":
      return open(Object.values(VARIANT_SHORT_NAMES));
    case "digitalSkill":
      return closed(DIGITAL_SKILLS.map((skill) => DIGITAL_SKILL_NAMES[skill]));
    case "organisationKind":
      return closed(ORGANISATION_KINDS.map((kind) => ORGANISATION_KIND_NAMES[kind]));
    case "organisationLevel":
      return closed(ORGANISATION_LEVELS.map((level) => ORGANISATION_LEVEL_NAMES[level]));
    case "hamletKind":
      return open(HAMLET_KINDS);
    case "registered":
    case "reached":
      return open(["x"]);
    default:
      return undefined;
  }
}

async function* rowsOf(
  title: TitleCode,
  records: AsyncIterable<RegistryRecord>,
): AsyncGenerator<readonly CellValue[]> {
  const fields = IMPORT_TARGET_FIELDS[title].map(({ field }) => field);
  for await (const record of records) {
    yield fields.map((field) =>
      field === "registered" ? (record.state === null ? null : "x") : fieldValue(title, field, record),
    );
  }
}

function guide({
  communeName,
  year,
  isFilled,
}: Readonly<{ communeName: string; year: number; isFilled: boolean }>): WriteLine[] {
  const title = (text: string): WriteLine => [{ text, font: "title" }];
  const heading = (text: string): WriteLine => [{ text, font: "bold" }];
  const line = (text: string): WriteLine => [{ text, isWrapped: true }];
  const filled = isFilled
    ? [
        line(
          "• Tệp này đã có các mục đang theo dõi. Sửa ô cần sửa, thêm dòng mới ở cuối, rồi nhập lại cả tệp: dòng không đổi sẽ được giữ nguyên.",
        ),
        line(
          "• Đừng sửa cột Mã: phần mềm nhận ra mục cũ nhờ mã. Xoá một dòng khỏi tệp không xoá mục trong sổ; muốn thôi theo dõi, hãy làm trên trang của mục.",
        ),
        line(
          "• Cột Số CCCD luôn để trống khi tải về. Ô trống nghĩa là giữ nguyên số đang có; ghi số vào là thay số.",
        ),
      ]
    : [line("• Cột Mã để trống: phần mềm cấp mã cho mục mới.")];

  return [
    title(`Mẫu nhập sổ theo dõi ${communeName}, năm ${year}`),
    "",
    heading("Cách làm"),
    line(
      "• Mỗi trang (thẻ ở cuối cửa sổ) là một sổ. Chỉ cần điền những trang có việc; trang trống được bỏ qua.",
    ),
    line(
      "• Mỗi dòng là một mục. Dòng tiêu đề đã khoá để phần mềm đọc đúng cột; các ô bên dưới ghi tự do, dán được.",
    ),
    line("• Ô có mũi tên: chọn trong danh sách. Chọn vào ô sẽ thấy cách ghi của cột đó."),
    ...filled,
    line("• Ô trống nghĩa là chưa biết; với mục đã có trong sổ là giữ nguyên."),
    line(
      "• Trang Công dân: ghi Hộ số (và Quan hệ với chủ hộ) để tạo hộ cùng lúc, hoặc ghi mã GD… hay tên chủ hộ đã có.",
    ),
    line(
      "• Xong thì vào Nhập từ Excel, chọn tệp này. Phần mềm kiểm tra từng dòng và cho xem trước; chưa ghi gì khi anh/chị chưa bấm ghi.",
    ),
    ...SHEETS.flatMap(({ title: code, name }) => [
      "",
      heading(`Trang ${name}`),
      ...IMPORT_TARGET_FIELDS[code].map(({ label, hint, isRequired }) =>
        line(`${label}${isRequired ? " (bắt buộc)" : ""}: ${hint}`),
      ),
    ]),
  ];
}
