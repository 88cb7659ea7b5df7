/** Where a plan stands and how its paper is called; `place` and `source` as the collection of targets writes them. */
export type PlanDocument = Readonly<{
  code: string;
  place: string;
  source: string;
  document: string;
  name: string;
  periodFrom: number;
  periodTo: number;
  /** Shown as the source of targets read in the plan itself. */
  paper?: string;
}>;

const PROGRAMME_387 =
  "Chương trình “Đẩy mạnh phong trào học tập suốt đời trong gia đình, dòng họ, cộng đồng, đơn vị giai đoạn 2021-2030”";
const PROGRAMME_677 = "Chương trình “Xây dựng mô hình Công dân học tập giai đoạn 2021-2030”";
const PROJECT_281 =
  "Đề án “Đẩy mạnh phong trào học tập suốt đời trong gia đình, dòng họ, cộng đồng đến năm 2020”";
const PROJECT_1373 = "Đề án “Xây dựng xã hội học tập giai đoạn 2021-2030”";

export const PLAN_DOCUMENTS: readonly PlanDocument[] = [
  {
    code: "VN-281-2014",
    place: "Việt Nam",
    source: "281/QĐ-TTg",
    document: "Quyết định 281/QĐ-TTg ngày 20/02/2014",
    name: PROJECT_281,
    periodFrom: 2014,
    periodTo: 2020,
  },
  {
    code: "VN-387-2022",
    place: "Việt Nam",
    source: "387/QĐ-TTg",
    document: "Quyết định 387/QĐ-TTg ngày 25/3/2022",
    name: PROGRAMME_387,
    periodFrom: 2021,
    periodTo: 2030,
  },
  {
    code: "VN-677-2022",
    place: "Việt Nam",
    source: "677/QĐ-TTg",
    document: "Quyết định 677/QĐ-TTg ngày 03/6/2022",
    name: PROGRAMME_677,
    periodFrom: 2021,
    periodTo: 2030,
  },
  {
    code: "VN-1373-2021",
    place: "Việt Nam",
    source: "1373/QĐ-TTg",
    document: "Quyết định 1373/QĐ-TTg ngày 30/7/2021",
    name: PROJECT_1373,
    periodFrom: 2021,
    periodTo: 2030,
  },
  {
    code: "VN-CONGRESS-2021",
    place: "Việt Nam",
    source: "Nghị quyết đại hội HKHVN 2021-2026",
    document: "Nghị quyết Đại hội Hội Khuyến học Việt Nam nhiệm kỳ 2021-2026",
    name: "Nghị quyết Đại hội Hội Khuyến học Việt Nam nhiệm kỳ 2021-2026",
    periodFrom: 2021,
    periodTo: 2026,
  },
  {
    code: "SON-DUONG-2022",
    place: "Sơn Dương, Tuyên Quang",
    source: "KH huyện (theo 108/KH-UBND 2022-06-03)",
    document: "Kế hoạch của UBND huyện Sơn Dương (theo Kế hoạch 108/KH-UBND ngày 03/6/2022 của tỉnh)",
    name: `${PROGRAMME_387} và ${PROGRAMME_677} trên địa bàn huyện Sơn Dương`,
    periodFrom: 2021,
    periodTo: 2030,
    paper: "Kế hoạch của UBND huyện Sơn Dương",
  },
  {
    code: "CAN-DUOC-2024",
    place: "Cần Đước, Long An",
    source: "KH-BCĐ 02/2024 (theo 1315/QĐ-TTg)",
    document: "Kế hoạch tháng 02/2024 của Ban Chỉ đạo xây dựng xã hội học tập huyện Cần Đước",
    name: "Phong trào thi đua xây dựng xã hội học tập, đẩy mạnh học tập suốt đời giai đoạn 2023-2030",
    periodFrom: 2023,
    periodTo: 2030,
    paper: "Kế hoạch của Ban Chỉ đạo xây dựng xã hội học tập huyện Cần Đước",
  },
  {
    code: "BAC-KAN-2014",
    place: "Bắc Kạn",
    source: "1150/QĐ-UBND",
    document: "Quyết định 1150/QĐ-UBND ngày 14/7/2014 của UBND tỉnh Bắc Kạn",
    name: `Kế hoạch triển khai ${PROJECT_281} trên địa bàn tỉnh Bắc Kạn`,
    periodFrom: 2014,
    periodTo: 2020,
    paper: "Kế hoạch kèm theo Quyết định 1150/QĐ-UBND của UBND tỉnh Bắc Kạn",
  },
  {
    code: "QUANG-TRI-2021",
    place: "Quảng Trị",
    source: "KH-UBND 2021 (theo 1373/QĐ-TTg)",
    document: "Kế hoạch năm 2021 của UBND tỉnh Quảng Trị (theo Quyết định 1373/QĐ-TTg)",
    name: `Triển khai thực hiện ${PROJECT_1373} trên địa bàn tỉnh Quảng Trị`,
    periodFrom: 2021,
    periodTo: 2030,
    paper: "Kế hoạch của UBND tỉnh Quảng Trị",
  },
  {
    code: "CU-CHI-2023",
    place: "Củ Chi, TP Hồ Chí Minh",
    source: "6910/KH-UBND",
    document: "Kế hoạch 6910/KH-UBND ngày 23/6/2023 của UBND huyện Củ Chi",
    name: "Triển khai thực hiện “Xây dựng mô hình Công dân học tập” năm 2023 trên địa bàn huyện Củ Chi",
    periodFrom: 2023,
    periodTo: 2023,
    paper: "Kế hoạch 6910/KH-UBND của UBND huyện Củ Chi",
  },
  {
    code: "PHU-THO-2022",
    place: "Phú Thọ",
    source: "KH-UBND 7/2022 (theo 677/QĐ-TTg)",
    document: "Kế hoạch tháng 7/2022 của UBND tỉnh Phú Thọ (theo Quyết định 677/QĐ-TTg)",
    name: `${PROGRAMME_677} trên địa bàn tỉnh Phú Thọ`,
    periodFrom: 2021,
    periodTo: 2030,
  },
  {
    code: "BAC-BINH-677",
    place: "Bắc Bình, Bình Thuận",
    source: "KH huyện (677)",
    document: "Kế hoạch của UBND huyện Bắc Bình (theo Quyết định 677/QĐ-TTg)",
    name: `${PROGRAMME_677} trên địa bàn huyện Bắc Bình`,
    periodFrom: 2021,
    periodTo: 2030,
  },
  {
    code: "BA-RIA-VUNG-TAU-2023",
    place: "Bà Rịa - Vũng Tàu",
    source: "49/KH-UBND",
    document: "Kế hoạch 49/KH-UBND năm 2023 của UBND tỉnh Bà Rịa - Vũng Tàu",
    name: `${PROGRAMME_387} trên địa bàn tỉnh Bà Rịa - Vũng Tàu`,
    periodFrom: 2021,
    periodTo: 2030,
  },
  {
    code: "BINH-DUONG-2023",
    place: "Bình Dương",
    source: "Chương trình phối hợp HKH 2023-2025",
    document: "Chương trình phối hợp ngày 09/3/2023 của Hội Khuyến học tỉnh Bình Dương",
    name: "Chương trình phối hợp xây dựng các mô hình học tập giai đoạn 2023-2025",
    periodFrom: 2023,
    periodTo: 2025,
  },
  {
    code: "HOA-BINH-2014",
    place: "Hòa Bình",
    source: "KH tỉnh (theo 281)",
    document: "Kế hoạch của tỉnh Hòa Bình (theo Quyết định 281/QĐ-TTg)",
    name: `${PROJECT_281} trên địa bàn tỉnh Hòa Bình`,
    periodFrom: 2014,
    periodTo: 2020,
  },
  {
    code: "VU-AN-2020",
    place: "Vũ An, Kiến Xương, Thái Bình",
    source: "Đại hội HKH xã khóa V",
    document: "Nghị quyết Đại hội Hội Khuyến học xã Vũ An khóa V",
    name: "Nghị quyết Đại hội Hội Khuyến học xã Vũ An khóa V",
    periodFrom: 2020,
    periodTo: 2025,
  },
  {
    code: "HOA-VANG-2014",
    place: "Hòa Vang (thôn thuộc xã miền núi), Đà Nẵng",
    source: "KH Đà Nẵng 2014 (theo 281)",
    document: "Kế hoạch tháng 10/2014 của thành phố Đà Nẵng (theo Quyết định 281/QĐ-TTg)",
    name: `${PROJECT_281} ở thôn thuộc xã miền núi huyện Hòa Vang`,
    periodFrom: 2014,
    periodTo: 2020,
  },
];

/**
 * Denominators in the words of the office. Where a plan names another population than usual, the wording is exactly that of
 * the indicator's base, which is how the base is found.
 */
export const DENOMINATORS: Readonly<Record<string, string>> = {
  "người lao động trong GĐHT, DHHT, CĐHT": "người lao động trong gia đình, dòng họ, cộng đồng học tập",
  "người lớn trong GĐHT, DHHT, CĐHT": "người lớn trong gia đình, dòng họ, cộng đồng học tập",
  "cán bộ, công chức, nhân viên trong ĐVHT cấp xã":
    "cán bộ, công chức, nhân viên trong đơn vị học tập cấp xã",
  "Chủ tịch/Phó Chủ tịch Hội Khuyến học cấp xã": "Chủ tịch, Phó Chủ tịch Hội Khuyến học cấp xã",
  "CBCCVC, người lao động trong ĐVHT các cấp":
    "cán bộ, công chức, viên chức, người lao động trong đơn vị học tập các cấp",
  "CBCCVC, người lao động trong ĐVHT cấp xã, huyện":
    "cán bộ, công chức, viên chức, người lao động trong đơn vị học tập cấp xã, huyện",
  "CBCC, nhân viên trong ĐVHT xã/huyện/tỉnh":
    "cán bộ, công chức, nhân viên trong đơn vị học tập cấp xã, huyện, tỉnh",
  "người đạt danh hiệu Công dân học tập (ambiguous: may be of those with digital skills)":
    "người đạt danh hiệu Công dân học tập",
  "người đạt danh hiệu Công dân học tập (ambiguous)": "người đạt danh hiệu Công dân học tập",
  "CBCCVC, giáo viên, người lao động (đăng ký và đạt)":
    "cán bộ, công chức, viên chức, người lao động của các đơn vị",
  CBCC: "cán bộ, công chức, viên chức, người lao động của các đơn vị",
  "gia đình HỘI VIÊN (not all families)": "gia đình hội viên",
  "dòng họ KHUYẾN HỌC (not all clans)": "dòng họ khuyến học",
  "huyện, thị xã, thành phố (danh hiệu ghi trong văn bản: đơn vị học tập)": "huyện, thị xã, thành phố",
  "tỉnh được công nhận tỉnh học tập (yes/no)": "tỉnh được công nhận tỉnh học tập",
};

/** Remarks that come with a denominator. */
export const DENOMINATOR_NOTES: Readonly<Record<string, string>> = {
  "người đạt danh hiệu Công dân học tập (ambiguous: may be of those with digital skills)":
    "Văn bản viết “trong đó”: có thể tính trên số người có kỹ năng số",
  "người đạt danh hiệu Công dân học tập (ambiguous)":
    "Văn bản viết “trong đó”: có thể tính trên số người có kỹ năng số",
  "CBCCVC, giáo viên, người lao động (đăng ký và đạt)":
    "Cán bộ, công chức, viên chức, giáo viên, người lao động đăng ký và đạt",
  CBCC: "Văn bản viết “cán bộ, công chức”",
  "huyện, thị xã, thành phố (danh hiệu ghi trong văn bản: đơn vị học tập)":
    "Danh hiệu ghi trong văn bản: đơn vị học tập",
};

/** Remarks of the collection, in Vietnamese. */
export const NOTES: Readonly<Record<string, string>> = {
  "one English page says 70 for 2030 adults; 60 kept (two other sources)":
    "Một trang tiếng Anh ghi 70%; giữ 60% theo hai nguồn khác",
  "learning-model targets of 1373 itself were not read; see Quảng Trị for one province derived from it":
    "Chỉ tiêu về các mô hình học tập của Quyết định 1373/QĐ-TTg chưa được nhập",
  "text says the rates are 10% lower; read as 10 percentage points because decision 281 does exactly that. The sentence stands after the three rates and before the unit rate, so units are not reduced":
    "Văn bản ghi “giảm 10%”: hiểu là 10 điểm phần trăm như Quyết định 281/QĐ-TTg; không áp dụng cho đơn vị",
  "national 387 value is 70": "Quyết định 387/QĐ-TTg ghi 70%",
  "computed as published rate minus the published excess over target":
    "Tính lại từ tỷ lệ đã công bố trừ phần vượt chỉ tiêu đã công bố",
};

export const CONFIDENCES: Readonly<Record<string, readonly ["source" | "inferred", string?]>> = {
  source: ["source"],
  inferred: ["inferred"],
  "source (through local plans that repeat it)": ["source", "Đọc qua các kế hoạch địa phương nhắc lại"],
  "source (target year inferred)": ["inferred", "Năm của chỉ tiêu là suy ra"],
};
