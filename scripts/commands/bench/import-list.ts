import { createHash } from "node:crypto";
import { createReadStream, createWriteStream } from "node:fs";
import { stat } from "node:fs/promises";
import { pipeline } from "node:stream/promises";
import type { CellValue } from "@/lib/spreadsheet/cell";
import { writeWorkbook } from "@/lib/spreadsheet/write";
import type { Random } from "../demo/random";
import { randomOf } from "../demo/random";

/**
 * How long an invented list is, over how many hamlets, and how many of a hundred rows are bad. Of people, who make their
 * households and have identity numbers: two entries and more for some rows; or of households, an entry a row.
 */
export type ListSize = Readonly<{
  rows: number;
  hamlets: number;
  badPercent: number;
  seed: string;
  kind?: "people" | "households";
}>;

const HOUSEHOLD_COLUMNS = [
  "STT",
  "Họ và tên chủ hộ",
  "Năm sinh chủ hộ",
  "Địa chỉ",
  "Thôn",
  "Hội viên khuyến học",
  "Hộ nghèo, cận nghèo",
  "Có con trong độ tuổi đi học",
  "Số nhân khẩu",
  "Điện thoại",
  "Ngày lập",
  "Ghi chú",
] as const;

const PEOPLE_COLUMNS = [
  "STT",
  "Hộ số",
  "Họ và tên",
  "Ngày sinh",
  "Giới tính",
  "Số CCCD",
  "Quan hệ với chủ hộ",
  "Thôn",
  "Nghề nghiệp",
  "Kỹ năng số",
  "Người lao động",
  "Ghi chú",
] as const;

/** The headers of a list, as many for either kind. */
export function listColumns({ kind }: Pick<ListSize, "kind">): readonly string[] {
  return kind === "households" ? HOUSEHOLD_COLUMNS : PEOPLE_COLUMNS;
}

const SURNAMES = [
  "Nguyễn",
  "Trần",
  "Lê",
  "Phạm",
  "Hoàng",
  "Ma",
  "Lương",
  "Nông",
  "Triệu",
  "Bàn",
  "Đặng",
  "Vũ",
  "Bùi",
];
const MIDDLES = [
  "Văn",
  "Thị",
  "Đức",
  "Ngọc",
  "Minh",
  "Thu",
  "Quang",
  "Hữu",
  "Thanh",
  "Xuân",
  "Hải",
  "Kim",
  "Thế",
  "Bích",
];
const GIVEN =
  "An Anh Bình Bảo Cường Chi Dũng Duyên Đạt Giang Hà Hạnh Hiếu Hòa Hoa Hùng Hương Khánh Lan Linh Long Loan Mai Mạnh Nam Nga Ngân Nhung Oanh Phúc Phương Quân Quỳnh Sơn Tâm Tân Thảo Thắng Thịnh Thủy Tiến Toàn Trang Trung Tú Tuấn Tuyết Uyên Việt Vân Vinh Yến".split(
    " ",
  );
const RELATIONS = ["Vợ", "Con", "Con", "Con", "Mẹ"];
const OCCUPATIONS = ["Nông dân", "Nông nghiệp", "Công nhân", "Giáo viên", "Hưu trí", "Buôn bán"];
const BAD = ["name", "future", "word", "hamlet"] as const;

/** `Thôn Số 7`: what the invented hamlets are called. */
export function hamletNames(count: number): string[] {
  return Array.from({ length: count }, (_, index) => `Thôn Đội ${index + 1}`);
}

/** A list hamlet by hamlet, as communes keep them. All invented; the identity numbers are of nobody. */
export function* listRows({ rows, hamlets, badPercent, seed, kind }: ListSize): Generator<CellValue[]> {
  const random = randomOf(seed);
  const perHamlet = Math.ceil(rows / hamlets);
  const names = hamletNames(hamlets);
  let household = 0;
  let left = 0;
  for (let index = 0; index < rows; index++) {
    const hamlet = names[Math.floor(index / perHamlet)] ?? "";
    if (kind === "households") {
      yield householdRow({ random, index, hamlet, isBad: random.chance(badPercent / 100) });
      continue;
    }
    const isFirst = index % perHamlet === 0;
    if (isFirst) household = 0;
    const isHead = isFirst || left === 0;
    if (isHead) {
      household += 1;
      left = random.int(2, 5);
    }
    left -= 1;
    yield row({ random, index, hamlet, household, isHead, isBad: random.chance(badPercent / 100) });
  }
}

function householdRow(
  given: Readonly<{ random: Random; index: number; hamlet: string; isBad: boolean }>,
): CellValue[] {
  const { random, index, hamlet, isBad } = given;
  // Many heads share a name; a hamlet tells them apart by the year of birth.
  const name = `${random.pick(SURNAMES)} ${random.pick(MIDDLES)} ${random.pick(GIVEN)} ${random.pick(GIVEN)}`;
  const bad = isBad ? random.pick(BAD) : null;

  return [
    index + 1,
    bad === "name" ? null : random.chance(0.3) ? name.toUpperCase() : name,
    bad === "future" ? "2099" : bad === "word" ? "không rõ" : random.int(1940, 1995),
    `Số ${random.int(1, 400)}, ngõ ${random.int(1, 30)}`,
    bad === "hamlet" ? "Thôn Không Có" : hamlet,
    random.chance(0.4) ? "x" : null,
    random.pick(["", "", "", "Hộ nghèo", "Cận nghèo"]),
    random.chance(0.5) ? "x" : null,
    random.int(1, 7),
    null,
    { date: `2024-0${random.int(1, 9)}-1${random.int(0, 9)}` },
    null,
  ];
}

function row(
  given: Readonly<{
    random: Random;
    index: number;
    hamlet: string;
    household: number;
    isHead: boolean;
    isBad: boolean;
  }>,
): CellValue[] {
  const { random, index, hamlet, household, isHead, isBad } = given;
  const isMale = random.chance(0.5);
  const year = isHead ? random.int(1945, 1995) : random.int(1940, 2022);
  const month = random.int(1, 12);
  const day = random.int(1, 28);
  const name = `${random.pick(SURNAMES)} ${random.pick(MIDDLES)} ${random.pick(GIVEN)}`;
  const bad = isBad ? random.pick(BAD) : null;
  const century = year >= 2000 ? 2 : 0;
  const identity = `008${century + (isMale ? 0 : 1)}${String(year % 100).padStart(2, "0")}${String(index).padStart(6, "0")}`;
  const occupation = year > 2006 ? "Học sinh" : random.pick(OCCUPATIONS);
  const date = { date: `${year}-${String(month).padStart(2, "0")}-${String(day).padStart(2, "0")}` };

  return [
    index + 1,
    household,
    bad === "name" ? null : random.chance(0.3) ? name.toUpperCase() : name,
    bad === "future" ? "2099" : bad === "word" ? "không rõ" : random.chance(0.5) ? date : String(year),
    isMale ? "Nam" : "Nữ",
    year < 2008 ? identity : null,
    isHead ? "Chủ hộ" : random.pick(RELATIONS),
    bad === "hamlet" ? "Thôn Không Có" : hamlet,
    occupation,
    random.pick(["", "Có kỹ năng cơ bản", "Thành thạo"]),
    year <= 2006 && random.chance(0.6) ? "x" : null,
    null,
  ];
}

/** Writes the list as .xlsx. */
export async function writeList(file: string, size: ListSize): Promise<{ bytes: number; sha256: string }> {
  await pipeline(
    writeWorkbook({
      sheets: [
        {
          ...(size.kind === "households"
            ? { name: "Hộ gia đình", above: ["DANH SÁCH HỘ GIA ĐÌNH"] }
            : { name: "Nhân khẩu", above: ["DANH SÁCH NHÂN KHẨU"] }),
          columns: listColumns(size).map((header) => ({
            header,
            ...(header.startsWith("Ngày") ? { type: "date" as const } : {}),
          })),
          rows: listRows(size),
        },
      ],
    }),
    createWriteStream(file),
  );
  const hash = createHash("sha256");
  await pipeline(createReadStream(file), hash);

  return { bytes: (await stat(file)).size, sha256: hash.digest("hex") };
}
