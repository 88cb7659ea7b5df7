import type { ImportField } from "../types";

/** A field of a register as a column of a list. */
export type FieldDefinition = Readonly<{
  field: ImportField;
  /** the header of our own template, and the name of the field on pages */
  label: string;
  /**
   * What a sheet must have a column for. The hamlet may come from a section row, a title line or the sheet's name, the sex from
   * the column of the year (Nam | Nữ) or from the identity number.
   */
  isRequired: boolean;
  /** other headers of such a column, without marks, in small letters */
  aliases: readonly string[];
  /** headers with one of these words are something else */
  not?: readonly string[];
  /** what may stand in the column, in one sentence */
  hint: string;
}>;

export const YES_HINT = "Ghi x hoặc có; để trống hoặc ghi không nếu không phải.";

export const CODE: FieldDefinition = {
  field: "code",
  label: "Mã",
  isRequired: false,
  aliases: ["ma so", "ma muc", "ma trong so", "ma doi tuong"],
  not: ["dinh danh", "thue", "buu", "vung", "hoc sinh", "bao hiem"],
  hint: "Mã do phần mềm cấp (GD123, CD45…). Để trống hoặc ghi “mới” nếu là mục mới.",
};

export const HAMLET: FieldDefinition = {
  field: "hamlet",
  label: "Thôn, tổ dân phố",
  isRequired: false,
  aliases: [
    "thon",
    "to dan pho",
    "thon to",
    "ten thon",
    "ten thon to dan pho",
    "thon ban",
    "ban",
    "ap",
    "khu pho",
    "khu dan cu",
    "xom",
    "to",
    "thon xom",
    "thuoc thon",
    "thon tdp",
    "tdp",
    "thon buon",
    "buon",
    "dia ban",
    "noi cu tru thon",
  ],
  not: ["truong thon", "so thon", "dac biet"],
  hint: "Tên thôn, bản, ấp, tổ dân phố, khu phố của xã.",
};

export const REGISTERED: FieldDefinition = {
  field: "registered",
  label: "Đăng ký",
  isRequired: false,
  aliases: [
    "dang ky danh hieu",
    "dang ky gdht",
    "dang ky cdht",
    "dang ky dhht",
    "dang ky dvht",
    "dang ky gia dinh hoc tap",
    "dang ky cong dan hoc tap",
    "dang ky dong ho hoc tap",
    "dang ky don vi hoc tap",
    "dang ky cong dong hoc tap",
    "da dang ky",
    "dk",
    "dk gdht",
    "dk cdht",
  ],
  not: ["ngay", "kinh doanh", "tam tru", "thuong tru"],
  hint: `Đăng ký phấn đấu danh hiệu trong năm. ${YES_HINT}`,
};

export const REACHED: FieldDefinition = {
  field: "reached",
  label: "Đạt",
  isRequired: false,
  aliases: [
    "dat danh hieu",
    "dat gdht",
    "dat cdht",
    "dat dhht",
    "dat dvht",
    "dat gia dinh hoc tap",
    "dat cong dan hoc tap",
    "dat dong ho hoc tap",
    "dat don vi hoc tap",
    "dat cong dong hoc tap",
    "ket qua dat",
    "duoc cong nhan",
    "cong nhan danh hieu",
    "cong nhan gdht",
  ],
  not: ["ngay", "khong dat", "chua dat", "so quyet dinh"],
  hint: `Được công nhận đạt danh hiệu trong năm. ${YES_HINT}`,
};

export const BIRTH_YEAR_ALIASES = [
  "nam sinh",
  "ngay sinh",
  "ngay thang nam sinh",
  "nam sinh nam",
  "nam sinh nu",
  "ngay sinh nam",
  "ngay sinh nu",
  "ngay thang nam sinh nam",
  "ngay thang nam sinh nu",
  "sinh nam",
  "sinh ngay",
  "ns",
  "ntns",
];
export const NOT_BIRTH_YEAR = ["noi sinh", "vo", "chong", "con", "cha", "me"];
