import type { Region } from "./places";
import type { Random } from "./random";

/** Family names by region with weights. The persons are invented; only the mix is that of the region. */
const SURNAMES: Readonly<Record<Region, readonly (readonly [string, number])[]>> = {
  HIGHLAND: [
    ["Nguyễn", 22],
    ["Hoàng", 14],
    ["Ma", 12],
    ["Trần", 9],
    ["Lương", 8],
    ["Lê", 7],
    ["Phạm", 6],
    ["Nông", 5],
    ["Triệu", 5],
    ["Bàn", 4],
    ["Đặng", 4],
    ["Vũ", 4],
  ],
  MEKONG: [
    ["Nguyễn", 32],
    ["Trần", 13],
    ["Lê", 12],
    ["Phạm", 8],
    ["Huỳnh", 8],
    ["Võ", 7],
    ["Phan", 5],
    ["Đặng", 5],
    ["Bùi", 4],
    ["Trương", 3],
    ["Dương", 3],
  ],
  CITY: [
    ["Nguyễn", 34],
    ["Trần", 12],
    ["Lê", 11],
    ["Phạm", 8],
    ["Huỳnh", 8],
    ["Võ", 6],
    ["Phan", 5],
    ["Đỗ", 4],
    ["Hồ", 4],
    ["Ngô", 4],
    ["Lý", 2],
  ],
  MOUNTAIN: [
    ["Hoàng", 20],
    ["Nông", 16],
    ["Ma", 12],
    ["Dương", 10],
    ["Triệu", 10],
    ["Lý", 8],
    ["Nguyễn", 8],
    ["Đồng", 6],
    ["Bàn", 5],
    ["Hà", 5],
  ],
  BORDER: [
    ["Hồ", 38],
    ["Nguyễn", 20],
    ["Lê", 12],
    ["Trần", 9],
    ["Hoàng", 6],
    ["Phan", 5],
    ["Võ", 5],
    ["Đinh", 5],
  ],
};

const MALE_MIDDLE = [
  "Văn",
  "Văn",
  "Văn",
  "Đức",
  "Hữu",
  "Quang",
  "Minh",
  "Công",
  "Xuân",
  "Đình",
  "Ngọc",
  "Thanh",
];
const FEMALE_MIDDLE = [
  "Thị",
  "Thị",
  "Thị",
  "Thị",
  "Thị Thu",
  "Thị Kim",
  "Ngọc",
  "Thị Hồng",
  "Thanh",
  "Thị Bích",
];
const MALE_GIVEN = [
  "An",
  "Bình",
  "Chiến",
  "Cường",
  "Dũng",
  "Đạt",
  "Đông",
  "Giang",
  "Hải",
  "Hiếu",
  "Hòa",
  "Hoàn",
  "Hùng",
  "Huy",
  "Khánh",
  "Kiên",
  "Lâm",
  "Long",
  "Lộc",
  "Mạnh",
  "Nam",
  "Nghĩa",
  "Phong",
  "Phúc",
  "Quân",
  "Quý",
  "Sơn",
  "Tài",
  "Tâm",
  "Thắng",
  "Thành",
  "Thịnh",
  "Tiến",
  "Toàn",
  "Trung",
  "Tuấn",
  "Tùng",
  "Vinh",
  "Vượng",
  "Xuân",
];
const FEMALE_GIVEN = [
  "Anh",
  "Bích",
  "Cúc",
  "Dung",
  "Duyên",
  "Đào",
  "Hà",
  "Hạnh",
  "Hằng",
  "Hiền",
  "Hoa",
  "Hồng",
  "Huệ",
  "Hương",
  "Lan",
  "Liên",
  "Linh",
  "Loan",
  "Mai",
  "Minh",
  "My",
  "Nga",
  "Ngân",
  "Nhung",
  "Oanh",
  "Phương",
  "Quyên",
  "Sen",
  "Tâm",
  "Thảo",
  "Thơm",
  "Thu",
  "Thủy",
  "Trang",
  "Tuyết",
  "Uyên",
  "Vân",
  "Xuân",
  "Yến",
  "Ánh",
];

export type Sex = "MALE" | "FEMALE";

export function pickSurname(region: Region, random: Random): string {
  const list = SURNAMES[region];
  let left = random.next() * list.reduce((sum, [, weight]) => sum + weight, 0);
  for (const [surname, weight] of list) {
    left -= weight;
    if (left < 0) return surname;
  }

  return "Nguyễn";
}

/** A full name: family name, middle name, given name. */
export function pickName(surname: string, sex: Sex, random: Random): string {
  const male = sex === "MALE";

  return `${surname} ${random.pick(male ? MALE_MIDDLE : FEMALE_MIDDLE)} ${random.pick(male ? MALE_GIVEN : FEMALE_GIVEN)}`;
}

/** `Thôn Gốc Đa` inside a sentence: `thôn Gốc Đa`. */
export function inSentence(place: string): string {
  return place.charAt(0).toLowerCase() + place.slice(1);
}
