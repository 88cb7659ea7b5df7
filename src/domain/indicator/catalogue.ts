import { base, entered, type Indicator, type IndicatorBase } from "./indicator";

const CITIZEN_REACHED = "đạt danh hiệu Công dân học tập";

/**
 * What plans set targets for. The first base of an indicator is the one meant when a plan does not say otherwise; the
 * others are populations some plan names instead (members' families, promotion clans, all workers…).
 */
export const INDICATORS = [
  {
    code: "FAMILY_RECOGNISED",
    sourceCode: "GDHT",
    nameVi: "Gia đình học tập",
    kind: "ratio",
    bases: [
      base("ALL", ["familyRecognised", "gia đình được công nhận"], ["familyTotal", "tổng số gia đình"]),
      base(
        "MEMBER",
        ["memberFamilyRecognised", "gia đình hội viên được công nhận"],
        ["memberFamilyTotal", "gia đình hội viên"],
      ),
    ],
  },
  {
    code: "CLAN_RECOGNISED",
    sourceCode: "DHHT",
    nameVi: "Dòng họ học tập",
    kind: "ratio",
    bases: [
      base("ALL", ["clanRecognised", "dòng họ được công nhận"], ["clanTotal", "tổng số dòng họ"]),
      base(
        "PROMOTION",
        ["promotionClanRecognised", "dòng họ khuyến học được công nhận"],
        ["promotionClanTotal", "dòng họ khuyến học"],
      ),
    ],
  },
  {
    code: "COMMUNITY_RECOGNISED",
    sourceCode: "CDHT_THON",
    nameVi: "Cộng đồng học tập (thôn, tổ dân phố)",
    kind: "ratio",
    bases: [
      base(
        "ALL",
        ["communityRecognised", "thôn, tổ dân phố được công nhận"],
        ["communityTotal", "tổng số cộng đồng (thôn, bản, ấp, tổ dân phố)"],
      ),
    ],
  },
  {
    code: "COMMUNE_ORGANISATION_RECOGNISED",
    sourceCode: "DVHT_XA",
    nameVi: "Đơn vị học tập trên địa bàn cấp xã",
    kind: "ratio",
    bases: [
      base(
        "ALL",
        ["organisationRecognised", "đơn vị được công nhận"],
        ["organisationTotal", "tổng số tổ chức, cơ quan, trường học, doanh nghiệp trên địa bàn cấp xã"],
      ),
    ],
  },
  {
    code: "ORGANISATION_RECOGNISED",
    sourceCode: "DVHT",
    nameVi: "Đơn vị học tập (không tách cấp)",
    kind: "ratio",
    bases: [
      base(
        "ALL",
        ["organisationRecognised", "đơn vị được công nhận"],
        ["organisationTotal", "tổ chức, cơ quan, trường học, đơn vị, doanh nghiệp"],
      ),
    ],
  },
  {
    code: "CITIZEN_RECOGNISED",
    sourceCode: "CONGDAN",
    nameVi: "Công dân học tập",
    kind: "ratio",
    bases: [base("ALL", ["citizenRecognised", `công dân ${CITIZEN_REACHED}`], ["citizenTotal", "công dân"])],
  },
  {
    code: "CITIZEN_WORKER",
    sourceCode: "CONGDAN_LAODONG",
    nameVi: "Công dân học tập trong người lao động",
    kind: "ratio",
    bases: [
      base(
        "IN_LEARNING",
        ["workerInLearningRecognised", `người lao động ${CITIZEN_REACHED}`],
        ["workerInLearningTotal", "người lao động trong gia đình, dòng họ, cộng đồng học tập"],
      ),
      base(
        "ALL",
        ["workerRecognised", `người lao động ${CITIZEN_REACHED}`],
        ["workerTotal", "người lao động"],
      ),
    ],
  },
  {
    code: "CITIZEN_ADULT",
    sourceCode: "CONGDAN_NGUOILON",
    nameVi: "Công dân học tập trong người lớn",
    kind: "ratio",
    bases: [
      base(
        "IN_LEARNING",
        ["adultInLearningRecognised", `người lớn ${CITIZEN_REACHED}`],
        ["adultInLearningTotal", "người lớn trong gia đình, dòng họ, cộng đồng học tập"],
      ),
      base("ALL", ["adultRecognised", `người lớn ${CITIZEN_REACHED}`], ["adultTotal", "người lớn"]),
    ],
  },
  {
    code: "CITIZEN_STAFF",
    sourceCode: "CONGDAN_CANBO",
    nameVi: "Công dân học tập trong cán bộ, nhân viên đơn vị cấp xã",
    kind: "ratio",
    bases: [
      base(
        "IN_LEARNING",
        ["staffInLearningRecognised", `cán bộ, công chức, nhân viên ${CITIZEN_REACHED}`],
        ["staffInLearningTotal", "cán bộ, công chức, nhân viên trong đơn vị học tập cấp xã"],
      ),
      base(
        "ALL",
        ["staffRecognised", `cán bộ, công chức, viên chức, người lao động ${CITIZEN_REACHED}`],
        ["staffTotal", "cán bộ, công chức, viên chức, người lao động của các đơn vị"],
      ),
    ],
  },
  {
    code: "CITIZEN_PUBLIC_STAFF",
    sourceCode: "CONGDAN_CBCCVC",
    nameVi: "Công dân học tập trong cán bộ, công chức, viên chức",
    kind: "ratio",
    bases: [
      base(
        "IN_LEARNING",
        ["staffInLearningRecognised", `cán bộ, công chức, viên chức, người lao động ${CITIZEN_REACHED}`],
        ["staffInLearningTotal", "cán bộ, công chức, viên chức, người lao động trong đơn vị học tập các cấp"],
      ),
    ],
  },
  {
    code: "CITIZEN_DIGITAL",
    sourceCode: "CONGDAN_KYNANGSO",
    nameVi: "Công dân học tập có kỹ năng số",
    kind: "ratio",
    bases: [
      base(
        "RECOGNISED",
        ["citizenDigital", "người có kỹ năng số"],
        ["citizenRecognised", "người đạt danh hiệu Công dân học tập"],
      ),
    ],
  },
  {
    code: "CITIZEN_FLUENT",
    sourceCode: "CONGDAN_THANHTHAOSO",
    nameVi: "Công dân học tập thành thạo kỹ năng số",
    kind: "ratio",
    // "Trong đó 60% thành thạo" (677/QĐ-TTg) does not say of whom; the wider base is taken unless a plan says otherwise.
    bases: [
      base(
        "RECOGNISED",
        ["citizenFluent", "người thành thạo kỹ năng số"],
        ["citizenRecognised", "người đạt danh hiệu Công dân học tập"],
      ),
      base(
        "DIGITAL",
        ["citizenFluent", "người thành thạo kỹ năng số"],
        ["citizenDigital", "người đạt danh hiệu Công dân học tập có kỹ năng số"],
      ),
    ],
  },
  {
    code: "OFFICER_BRIEFED",
    sourceCode: "CANBO_QUANTRIET",
    nameVi: "Cán bộ, hội viên được quán triệt, tập huấn",
    kind: "entered",
    bases: entered(
      "officerBriefed",
      "cán bộ, hội viên được quán triệt, tập huấn",
      "cán bộ, hội viên Hội Khuyến học",
    ),
  },
  {
    code: "OFFICER_CENTRE_MANAGEMENT",
    sourceCode: "HKH_QL_TTHTCD",
    nameVi: "Lãnh đạo Hội Khuyến học xã tham gia quản lý trung tâm học tập cộng đồng",
    kind: "entered",
    bases: entered(
      "officerCentreManagement",
      "người tham gia quản lý trung tâm học tập cộng đồng",
      "Chủ tịch, Phó Chủ tịch Hội Khuyến học cấp xã",
    ),
  },
  {
    code: "OFFICER_IT_TRAINED",
    sourceCode: "CANBO_KH_CNTT",
    nameVi: "Cán bộ khuyến học xã được bồi dưỡng công nghệ thông tin",
    kind: "entered",
    bases: entered(
      "officerItTrained",
      "cán bộ tham gia trung tâm học tập cộng đồng và được bồi dưỡng công nghệ thông tin",
      "cán bộ làm công tác khuyến học cấp xã",
    ),
  },
  {
    code: "DISTRICT_RECOGNISED",
    sourceCode: "HUYEN_DVHT",
    nameVi: "Huyện, thị xã, thành phố được công nhận",
    kind: "entered",
    bases: entered(
      "districtRecognised",
      "huyện, thị xã, thành phố được công nhận",
      "huyện, thị xã, thành phố",
    ),
  },
  {
    code: "PROVINCE_RECOGNISED",
    sourceCode: "TINH_HOCTAP",
    nameVi: "Tỉnh được công nhận tỉnh học tập",
    kind: "boolean",
    key: "provinceRecognised",
  },
  {
    code: "INFORMATION_CAPACITY",
    sourceCode: "NANGLUC_THONGTIN",
    nameVi: "Người trong độ tuổi lao động có năng lực thông tin",
    kind: "entered",
    bases: entered("informationCapacity", "người có năng lực thông tin", "người trong độ tuổi lao động"),
  },
  {
    code: "LIFE_SKILLS",
    sourceCode: "KYNANGSONG",
    nameVi: "Người trong độ tuổi lao động có kỹ năng sống",
    kind: "entered",
    bases: entered("lifeSkills", "người có kỹ năng sống", "người trong độ tuổi lao động"),
  },
  {
    code: "INFORMATION_CAPACITY_AND_LIFE_SKILLS",
    sourceCode: "NANGLUC_THONGTIN_KYNANGSONG",
    nameVi: "Người trong độ tuổi lao động có năng lực thông tin và kỹ năng sống",
    kind: "entered",
    bases: entered(
      "informationCapacityAndLifeSkills",
      "người có năng lực thông tin và kỹ năng sống",
      "người trong độ tuổi lao động",
    ),
  },
  {
    code: "DIGITAL_EDUCATION_INSTITUTION",
    sourceCode: "COSO_GD_SO",
    nameVi: "Cơ sở giáo dục quản lý, dạy và học trên môi trường số",
    kind: "entered",
    bases: entered(
      "digitalEducationInstitution",
      "cơ sở giáo dục quản lý, dạy và học trên môi trường số",
      "cơ sở giáo dục",
    ),
  },
  {
    code: "LEARNING_CENTRE_IT",
    sourceCode: "TTHTCD_CNTT",
    nameVi: "Trung tâm học tập cộng đồng ứng dụng công nghệ thông tin",
    kind: "entered",
    bases: entered(
      "learningCentreIt",
      "trung tâm học tập cộng đồng ứng dụng công nghệ thông tin",
      "trung tâm học tập cộng đồng",
    ),
  },
  {
    code: "PROVINCE_LITERACY_LEVEL_2",
    sourceCode: "TINH_XMC_MUC2",
    nameVi: "Tỉnh đạt chuẩn xóa mù chữ mức độ 2",
    kind: "entered",
    bases: entered("provinceLiteracyLevel2", "tỉnh đạt chuẩn xóa mù chữ mức độ 2", "số tỉnh"),
  },
] as const satisfies readonly Indicator[];

const BY_CODE: ReadonlyMap<string, Indicator> = new Map(INDICATORS.map((one) => [one.code, one]));

/** An indicator by its code, or undefined. */
export function findIndicator(code: string): Indicator | undefined {
  return BY_CODE.get(code);
}

/**
 * The base a target means: the one whose denominator has exactly the target's wording, else the indicator's first.
 * Null for indicators without a base (yes/no) and unknown codes.
 */
export function baseOf(indicatorCode: string, denominatorVi?: string): IndicatorBase | null {
  const indicator = BY_CODE.get(indicatorCode);
  if (!indicator || indicator.kind === "boolean") return null;

  return indicator.bases.find((one) => one.denominatorVi === denominatorVi) ?? indicator.bases[0];
}
