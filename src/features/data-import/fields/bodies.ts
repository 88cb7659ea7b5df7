import { CODE, type FieldDefinition, HAMLET, REACHED, REGISTERED, YES_HINT } from "./shared";

/** A list of clans. */
export const CLAN_FIELDS: readonly FieldDefinition[] = [
  CODE,
  {
    field: "name",
    label: "Tên dòng họ",
    isRequired: true,
    aliases: ["dong ho", "ten dong toc", "dong toc", "toc ho", "ho toc", "ten ho"],
    not: ["truong", "so dong ho"],
    hint: "Tên như trong quyết định công nhận.",
  },
  HAMLET,
  {
    field: "headName",
    label: "Trưởng họ",
    isRequired: false,
    aliases: [
      "toc truong",
      "truong toc",
      "truong dong ho",
      "nguoi dung dau",
      "truong ban lien lac",
      "ho ten truong ho",
      "ho ten toc truong",
      "dai dien dong ho",
    ],
    hint: "Họ và tên trưởng họ hoặc trưởng ban liên lạc.",
  },
  {
    field: "isPromotion",
    label: "Dòng họ khuyến học",
    isRequired: false,
    aliases: ["khuyen hoc", "la dong ho khuyen hoc", "dhkh", "co ban khuyen hoc", "ban khuyen hoc dong ho"],
    hint: YES_HINT,
  },
  REGISTERED,
  REACHED,
];

/** A list of units. */
export const ORGANISATION_FIELDS: readonly FieldDefinition[] = [
  CODE,
  {
    field: "name",
    label: "Tên đơn vị",
    isRequired: true,
    aliases: [
      "don vi",
      "ten co quan",
      "ten co quan don vi",
      "co quan don vi",
      "ten truong",
      "co quan",
      "ten don vi co quan",
      "ten doanh nghiep",
    ],
    not: ["loai", "so", "thu truong", "dien thoai"],
    hint: "Tên đầy đủ của đơn vị.",
  },
  {
    field: "organisationKind",
    label: "Loại đơn vị",
    isRequired: true,
    aliases: ["loai hinh", "loai", "loai hinh don vi", "nhom don vi", "phan loai", "khoi"],
    hint: "Cơ quan; Trường học; Cơ sở y tế; Doanh nghiệp; Hợp tác xã; Lực lượng vũ trang; Khác.",
  },
  {
    field: "organisationLevel",
    label: "Cấp quản lý",
    isRequired: false,
    aliases: ["cap", "thuoc cap", "truc thuoc", "cap quan ly don vi"],
    hint: "Xã; Huyện; Tỉnh. Để trống là xã.",
  },
  REGISTERED,
  REACHED,
];

/** A list of hamlets. */
export const COMMUNITY_FIELDS: readonly FieldDefinition[] = [
  CODE,
  {
    field: "name",
    label: "Tên thôn, tổ dân phố",
    isRequired: true,
    aliases: [
      "ten thon",
      "thon",
      "ten thon ban",
      "thon to dan pho",
      "khu dan cu",
      "ten khu dan cu",
      "thon ban",
      "to dan pho",
      "ten to dan pho",
      "cong dong",
      "ten cong dong",
      "ap",
      "ban",
      "khu pho",
      "thon xom",
    ],
    not: ["truong", "so", "loai", "dac biet"],
    hint: "Tên thôn, bản, ấp, tổ dân phố, khu phố.",
  },
  {
    field: "hamletKind",
    label: "Loại",
    isRequired: false,
    aliases: ["loai thon", "loai hinh", "loai khu dan cu", "phan loai"],
    hint: "Thôn, Bản, Ấp, Tổ dân phố hoặc Khu phố.",
  },
  {
    field: "isSpeciallyDifficult",
    label: "Đặc biệt khó khăn",
    isRequired: false,
    aliases: ["thon dac biet kho khan", "dbkk", "thon dbkk", "kho khan", "thuoc dien dac biet kho khan"],
    hint: YES_HINT,
  },
  REGISTERED,
  REACHED,
];
