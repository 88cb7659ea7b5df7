import type { TitleCode } from "@/domain/title/title";

/** How one kind of subject is called in the register and in its addresses. */
type RegistryKind = Readonly<{
  title: TitleCode;
  /** `?loai=` of the registering page */
  entrySlug: string;
  tabLabel: string;
  nounVi: string;
  nameLabel: string;
  addLabel: string;
}>;

export const REGISTRY_KINDS: readonly RegistryKind[] = [
  {
    title: "FAMILY",
    entrySlug: "ho",
    tabLabel: "Hộ gia đình",
    nounVi: "hộ gia đình",
    nameLabel: "Họ và tên chủ hộ",
    addLabel: "Ghi hộ mới",
  },
  {
    title: "CLAN",
    entrySlug: "dong-ho",
    tabLabel: "Dòng họ",
    nounVi: "dòng họ",
    nameLabel: "Tên dòng họ",
    addLabel: "Ghi dòng họ mới",
  },
  {
    title: "COMMUNITY",
    entrySlug: "thon",
    tabLabel: "Cộng đồng (thôn)",
    nounVi: "thôn, tổ dân phố",
    nameLabel: "Tên thôn, tổ dân phố",
    addLabel: "Ghi thôn mới",
  },
  {
    title: "ORGANISATION",
    entrySlug: "don-vi",
    tabLabel: "Đơn vị",
    nounVi: "đơn vị",
    nameLabel: "Tên đơn vị",
    addLabel: "Ghi đơn vị mới",
  },
  {
    title: "CITIZEN",
    entrySlug: "cong-dan",
    tabLabel: "Công dân",
    nounVi: "công dân",
    nameLabel: "Họ và tên",
    addLabel: "Ghi công dân mới",
  },
];

/** The kind of a title. */
export function kindOf(title: TitleCode): RegistryKind {
  const kind = REGISTRY_KINDS.find((one) => one.title === title);
  if (!kind) throw new RangeError(title);

  return kind;
}

export const HAMLET_KINDS = ["Thôn", "Bản", "Ấp", "Tổ dân phố", "Khu phố"] as const;

export const POVERTY_LEVELS = ["NONE", "NEAR_POOR", "POOR"] as const;
export const POVERTY_NAMES: Readonly<Record<(typeof POVERTY_LEVELS)[number], string>> = {
  NONE: "Không thuộc diện nghèo, cận nghèo",
  NEAR_POOR: "Hộ cận nghèo",
  POOR: "Hộ nghèo",
};

export const SEXES = ["MALE", "FEMALE"] as const;
export const SEX_NAMES: Readonly<Record<(typeof SEXES)[number], string>> = { MALE: "Nam", FEMALE: "Nữ" };

/** Short names of the four citizen forms, for tables and rows of entry. */
export const VARIANT_SHORT_NAMES = {
  FARMER: "Nông dân",
  WORKER: "Công nhân, thợ",
  OFFICIAL: "Cán bộ, viên chức, doanh nhân",
  STUDENT: "Học sinh, sinh viên",
} as const;

export const DIGITAL_SKILLS = ["NONE", "HAS", "FLUENT"] as const;
export const DIGITAL_SKILL_NAMES: Readonly<Record<(typeof DIGITAL_SKILLS)[number], string>> = {
  NONE: "Chưa có",
  HAS: "Có kỹ năng cơ bản",
  FLUENT: "Thành thạo",
};

export const ORGANISATION_KINDS = [
  "AGENCY",
  "SCHOOL",
  "HEALTH",
  "ENTERPRISE",
  "COOPERATIVE",
  "ARMED_FORCES",
  "OTHER",
] as const;
export const ORGANISATION_KIND_NAMES: Readonly<Record<(typeof ORGANISATION_KINDS)[number], string>> = {
  AGENCY: "Cơ quan, tổ chức",
  SCHOOL: "Trường học, cơ sở giáo dục",
  HEALTH: "Cơ sở y tế",
  ENTERPRISE: "Doanh nghiệp",
  COOPERATIVE: "Hợp tác xã",
  ARMED_FORCES: "Đơn vị lực lượng vũ trang",
  OTHER: "Đơn vị khác",
};

export const ORGANISATION_LEVELS = ["COMMUNE", "DISTRICT", "PROVINCE"] as const;
export const ORGANISATION_LEVEL_NAMES: Readonly<Record<(typeof ORGANISATION_LEVELS)[number], string>> = {
  COMMUNE: "Thuộc xã, phường",
  DISTRICT: "Thuộc huyện (cũ)",
  PROVINCE: "Thuộc tỉnh, trung ương",
};

export const CLOSE_REASONS = ["MOVED_AWAY", "DISSOLVED", "DIED", "ENTERED_BY_MISTAKE"] as const;
export type CloseReason = (typeof CLOSE_REASONS)[number];

/** Why a subject leaves the register, in the words of its kind. A reason not listed does not apply to the kind. */
export const CLOSE_REASON_NAMES: Readonly<Record<TitleCode, Readonly<Partial<Record<CloseReason, string>>>>> =
  {
    FAMILY: {
      MOVED_AWAY: "Hộ chuyển đi nơi khác",
      DISSOLVED: "Hộ không còn (tách, nhập hoặc giải thể)",
      ENTERED_BY_MISTAKE: "Ghi trùng hoặc ghi nhầm",
    },
    CLAN: { DISSOLVED: "Dòng họ không còn sinh hoạt", ENTERED_BY_MISTAKE: "Ghi trùng hoặc ghi nhầm" },
    COMMUNITY: { DISSOLVED: "Sáp nhập hoặc giải thể", ENTERED_BY_MISTAKE: "Ghi trùng hoặc ghi nhầm" },
    ORGANISATION: {
      MOVED_AWAY: "Chuyển trụ sở đi nơi khác",
      DISSOLVED: "Giải thể hoặc sáp nhập",
      ENTERED_BY_MISTAKE: "Ghi trùng hoặc ghi nhầm",
    },
    CITIZEN: {
      MOVED_AWAY: "Chuyển đi nơi khác",
      DIED: "Đã mất",
      ENTERED_BY_MISTAKE: "Ghi trùng hoặc ghi nhầm",
    },
  };

/** Why a duplicate left the register: no choice of a form, merging says it. */
export const MERGED = "MERGED";
export const MERGED_NAME = "Gộp vào mục trùng";

/** Rows on one page of any list of the register. */
export const PAGE_SIZE = 50;

/** Value of the hamlet field that asks for a new hamlet. */
export const NEW_HAMLET = "NEW";
