import { createHash } from "node:crypto";
import { createReadStream, createWriteStream } from "node:fs";
import { stat } from "node:fs/promises";
import { pipeline } from "node:stream/promises";
import type { CellValue } from "@/lib/spreadsheet/cell";
import { writeWorkbook } from "@/lib/spreadsheet/write";
import type { Random } from "../demo/random";
import { randomOf } from "../demo/random";

/** How long an invented list is, over how many hamlets, and how many of a hundred rows are bad. */
export type ListSize = Readonly<{ rows: number; hamlets: number; badPercent: number; seed: string }>;

export const LIST_COLUMNS = [
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

/** People in households, hamlet by hamlet, as communes list them. All invented; the identity numbers are of nobody. */
export function* listRows({ rows, hamlets, badPercent, seed }: ListSize): Generator<CellValue[]> {
  const random = randomOf(seed);
  const perHamlet = Math.ceil(rows / hamlets);
  const names = hamletNames(hamlets);
  let household = 0;
  let left = 0;
  for (let index = 0; index < rows; index++) {
    const hamlet = names[Math.floor(index / perHamlet)] ?? "";
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
          name: "Nhân khẩu",
          above: ["DANH SÁCH NHÂN KHẨU"],
          columns: LIST_COLUMNS.map((header) => ({
            header,
            ...(header === "Ngày sinh" ? { type: "date" as const } : {}),
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
