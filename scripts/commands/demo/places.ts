/** Where the demonstration takes place: real communes, whole ones, so that old and new sums agree. */

export type Region = "HIGHLAND" | "MEKONG" | "CITY" | "MOUNTAIN" | "BORDER";

/** How well a district does: shares of all, once a round is over. Invented, near what districts published. */
export type DistrictRates = Readonly<{
  familyRegistered: number;
  familyPassed: number;
  citizenRegistered: number;
  citizenPassed: number;
  poor: number;
}>;

export type DemoDistrict = Readonly<{
  /** Code of the district until 30/6/2025; its review area from 1/7/2025 is `KV` + code. */
  code: string;
  slug: string;
  name: string;
  region: Region;
  newProvince: string;
  rates: DistrictRates;
  /** New communes with the old ones that went whole into each. */
  communes: readonly Readonly<{ code: string; slug: string; old: readonly string[] }>[];
}>;

export const DEMO_DISTRICTS: readonly DemoDistrict[] = [
  {
    code: "076",
    slug: "sonduong",
    name: "Sơn Dương",
    region: "HIGHLAND",
    newProvince: "08",
    rates: {
      familyRegistered: 0.9,
      familyPassed: 0.82,
      citizenRegistered: 0.74,
      citizenPassed: 0.74,
      poor: 0.1,
    },
    communes: [
      { code: "02545", slug: "tantrao", old: ["02545", "02539"] },
      { code: "02548", slug: "binhca", old: ["02548", "02551", "02563"] },
      { code: "02554", slug: "minhthanh", old: ["02542", "02554", "02557"] },
    ],
  },
  {
    code: "806",
    slug: "canduoc",
    name: "Cần Đước",
    region: "MEKONG",
    newProvince: "80",
    rates: {
      familyRegistered: 0.88,
      familyPassed: 0.77,
      citizenRegistered: 0.68,
      citizenPassed: 0.7,
      poor: 0.03,
    },
    communes: [
      { code: "28108", slug: "canduoc", old: ["28108", "28141", "28147", "28156"] },
      { code: "28138", slug: "tanlan", old: ["28138", "28150"] },
    ],
  },
  {
    code: "783",
    slug: "cuchi",
    name: "Củ Chi",
    region: "CITY",
    newProvince: "79",
    rates: {
      familyRegistered: 0.95,
      familyPassed: 0.89,
      citizenRegistered: 0.82,
      citizenPassed: 0.82,
      poor: 0.01,
    },
    communes: [
      { code: "27553", slug: "cuchi", old: ["27535", "27553", "27556"] },
      { code: "27496", slug: "tananhoi", old: ["27496", "27529", "27532"] },
    ],
  },
  {
    code: "061",
    slug: "babe",
    name: "Ba Bể",
    region: "MOUNTAIN",
    newProvince: "19",
    rates: {
      familyRegistered: 0.86,
      familyPassed: 0.8,
      citizenRegistered: 0.6,
      citizenPassed: 0.66,
      poor: 0.24,
    },
    communes: [
      { code: "01906", slug: "babe", old: ["01900", "01906", "01909"] },
      { code: "01912", slug: "chora", old: ["01888", "01912", "01915"] },
    ],
  },
  {
    code: "465",
    slug: "huonghoa",
    name: "Hướng Hóa",
    region: "BORDER",
    newProvince: "44",
    rates: {
      familyRegistered: 0.85,
      familyPassed: 0.78,
      citizenRegistered: 0.63,
      citizenPassed: 0.68,
      poor: 0.19,
    },
    communes: [
      { code: "19432", slug: "laobao", old: ["19432", "19456", "19459"] },
      { code: "19435", slug: "huonglap", old: ["19435", "19438"] },
    ],
  },
];

/** Communes shown as specially difficult (xã đặc biệt khó khăn). An invented choice, to show the lower targets. */
export const SPECIALLY_DIFFICULT: readonly Readonly<{
  code: string;
  era: "OLD" | "NEW";
  years: readonly number[];
}>[] = [
  { code: "01900", era: "OLD", years: [2024] },
  { code: "01909", era: "OLD", years: [2024] },
  { code: "01906", era: "NEW", years: [2025, 2026] },
];

/** Hamlets that other parts of the demonstration speak of by name. */
const NAMED: Readonly<Record<string, readonly string[]>> = {
  "02545": ["Thôn Bờ Suối", "Thôn Gốc Đa", "Thôn Đồng Mía", "Thôn Khuôn Bưởi", "Thôn Vực Trầu"],
};

const TOWN_TYPE: Readonly<Record<Region, string>> = {
  HIGHLAND: "Tổ dân phố",
  MEKONG: "Khu phố",
  CITY: "Khu phố",
  MOUNTAIN: "Tổ dân phố",
  BORDER: "Khu phố",
};

const RURAL: Readonly<Record<Region, readonly [type: string, names: readonly string[]][]>> = {
  HIGHLAND: [
    [
      "Thôn",
      [
        "Khe Thuyền",
        "Đồng Gianh",
        "Cây Sấu",
        "Đèo Chắn",
        "Gò Chè",
        "Khuôn Trú",
        "Ao Búc",
        "Đồng Đài",
        "Suối Lếch",
        "Bãi Sậy",
        "Cầu Trắng",
        "Đồng Bèo",
        "Hang Mo",
        "Khuân Rèm",
        "Lũng Cọ",
        "Mỏ Nước",
        "Nà Phai",
        "Phai Cày",
        "Quế Sơn",
        "Rừng Nghiến",
        "Tân Thái",
        "Vườn Quýt",
        "Xóm Đình",
        "Yên Thượng",
        "Đồng Xe",
        "Gốc Gạo",
        "Núi Sáu",
        "Khe Mùn",
        "Đầm Hồng",
        "Thác Dẫng",
      ],
    ],
  ],
  MEKONG: [
    [
      "Ấp",
      [
        "Rạch Đào",
        "Xóm Mới",
        "Bà Thoại",
        "Cầu Xây",
        "Đông Nhất",
        "Đông Trung",
        "Lăng Cũ",
        "Bình Hòa",
        "Bà Nghĩa",
        "Tân Điền",
        "Xoài Đôi",
        "Rạch Bần",
        "Cầu Tràm",
        "Đìa Dứa",
        "Hòa Thuận",
        "Ao Gòn",
        "Nhà Dài",
        "Vườn Dừa",
        "Thuận Lợi",
        "Bờ Đắp",
        "Long Bình",
        "Cồn Trên",
      ],
    ],
  ],
  CITY: [
    [
      "Ấp",
      [
        "Bàu Sim",
        "Cây Da",
        "Tiền Hậu",
        "Bến Đò Cũ",
        "Gò Nổi",
        "Láng Cát",
        "Trạm Bơm",
        "Xóm Chùa",
        "Bàu Tre",
        "Thượng Trung",
        "Hậu Giồng",
        "Cây Sộp",
        "Mũi Giồng",
        "Vườn Trầu",
        "Đồng Lớn",
        "Bàu Điều",
        "Giồng Sao",
        "Trung Viết",
        "Cầu Ván",
        "Xóm Huế",
        "Mít Nài",
        "Ba Sa",
      ],
    ],
  ],
  MOUNTAIN: [
    [
      "Thôn",
      [
        "Nà Mơ",
        "Bản Vài",
        "Pác Nghè",
        "Khau Ban",
        "Nà Hin",
        "Cốc Lùng",
        "Phiêng Khít",
        "Tổm Làng",
        "Nà Cọ",
        "Khuổi Luông",
        "Pù Lườn",
        "Bó Pia",
        "Nà Ngò",
      ],
    ],
    [
      "Bản",
      [
        "Cám Thượng",
        "Duống Dưới",
        "Lẻo Keo",
        "Nặm Dài",
        "Pục Phai",
        "Tẩn Lượt",
        "Váng Sâu",
        "Piàn Hạ",
        "Đán Mẩy",
      ],
    ],
  ],
  BORDER: [
    [
      "Thôn",
      ["Ka Túp Mới", "Bích Trung", "Long Phụng", "Tân Hòa", "Hà Lệt", "Xi Núc", "An Tiêm", "Làng Vầy"],
    ],
    [
      "Bản",
      [
        "Cù Bai Dưới",
        "Sê Pu",
        "A Xóc Mới",
        "Cha Lỳ Ngoài",
        "Tri Hạ",
        "Ka Tiêng",
        "Chênh Vênh Trên",
        "Trăng Tà",
      ],
    ],
  ],
};

export type HamletName = Readonly<{ name: string; type: string }>;

/**
 * The hamlets of the old communes of one new commune, by local habit, no name twice inside the new commune.
 * @param olds old communes with how many hamlets each has; in a town (thị trấn) they are numbered
 */
export function nameHamlets(
  region: Region,
  olds: readonly Readonly<{ code: string; isTown: boolean; count: number }>[],
  shuffle: <T>(list: readonly T[]) => T[],
): Map<string, HamletName[]> {
  const pool = shuffle(
    RURAL[region].flatMap(([type, names]) => names.map((name) => ({ type, name: `${type} ${name}` }))),
  );
  const result = new Map<string, HamletName[]>();
  for (const { code, isTown, count } of olds) {
    const named = NAMED[code];
    if (named) {
      result.set(
        code,
        named.map((name) => ({ name, type: "Thôn" })),
      );
    } else if (isTown) {
      const type = TOWN_TYPE[region];
      result.set(
        code,
        Array.from({ length: count }, (_, index) => ({ name: `${type} ${index + 1}`, type })),
      );
    } else {
      result.set(code, pool.splice(0, count));
    }
  }

  return result;
}
