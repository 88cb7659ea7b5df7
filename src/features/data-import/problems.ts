import type { ProblemCode } from "./types";

type ProblemText = Readonly<{
  /** what is the matter */
  reason: string;
  /** what to do in the file or in the register */
  mend: string;
}>;

/** What is wrong with a row and how to mend it, in words; never with what stands in the cell. */
export const PROBLEM_TEXTS: Readonly<Record<ProblemCode, ProblemText>> = {
  NAME_MISSING: { reason: "Không có tên", mend: "Ghi họ và tên (hoặc tên gọi) vào ô này." },
  NAME_INVALID: {
    reason: "Tên có chữ số hoặc ký hiệu lạ",
    mend: "Chỉ ghi tên; chuyển chú thích, số thứ tự sang cột khác.",
  },
  BIRTH_YEAR_MISSING: { reason: "Không có năm sinh", mend: "Ghi năm sinh bốn chữ số, ví dụ 1975." },
  BIRTH_YEAR_NOT_A_YEAR: {
    reason: "Năm sinh không phải là năm",
    mend: "Ghi năm bốn chữ số (1975) hoặc ngày/tháng/năm (15/10/1975).",
  },
  BIRTH_YEAR_IN_FUTURE: { reason: "Năm sinh ở tương lai", mend: "Sửa lại năm sinh." },
  BIRTH_YEAR_TOO_EARLY: { reason: "Năm sinh trước 1890", mend: "Sửa lại năm sinh." },
  SEX_UNKNOWN: { reason: "Không rõ nam hay nữ", mend: "Ghi Nam hoặc Nữ." },
  HAMLET_MISSING: { reason: "Không rõ thuộc thôn nào", mend: "Ghi tên thôn, tổ dân phố của dòng này." },
  HAMLET_UNKNOWN: {
    reason: "Xã không có thôn này",
    mend: "Sửa tên thôn; hoặc ở bước Kiểm tra, gắn tên này với thôn đã có hoặc tạo thôn mới.",
  },
  CODE_UNKNOWN: { reason: "Mã không có trong sổ", mend: "Xoá mã nếu là mục mới, hoặc sửa lại cho đúng." },
  CODE_TWICE: { reason: "Mã đã có ở dòng khác của tệp", mend: "Giữ một dòng cho mỗi mã." },
  IDENTITY_INVALID: {
    reason: "Số CCCD không đúng",
    mend: "Ghi đủ 12 chữ số, bắt đầu bằng số 0; để ô ở dạng chữ (Text) cho khỏi mất số 0.",
  },
  IDENTITY_TAKEN: {
    reason: "Số CCCD đã ghi cho người khác",
    mend: "So lại số CCCD; nếu là cùng một người thì sửa tên, năm sinh cho khớp với sổ.",
  },
  CHOICE_UNKNOWN: {
    reason: "Không hiểu nội dung ô này",
    mend: "Ghi một trong các cách của cột (xem gợi ý ở tệp mẫu) hoặc để trống.",
  },
  HOUSEHOLD_UNKNOWN: {
    reason: "Không tìm thấy hộ này trong thôn",
    mend: "Sửa tên chủ hộ, hoặc nhập danh sách hộ trước.",
  },
  CLAN_UNKNOWN: {
    reason: "Xã không có dòng họ này",
    mend: "Sửa tên dòng họ, hoặc ghi dòng họ vào sổ trước.",
  },
  ORGANISATION_UNKNOWN: {
    reason: "Sổ không có đơn vị này",
    mend: "Sửa tên đơn vị, hoặc ghi đơn vị vào sổ trước.",
  },
  TEXT_TOO_LONG: { reason: "Nội dung dài quá", mend: "Rút ngắn; tên nhiều nhất 200 chữ, địa chỉ 300 chữ." },
  FORMULA_ERROR: {
    reason: "Công thức trong ô bị lỗi hoặc chưa tính",
    mend: "Mở tệp trong Excel, thay công thức bằng giá trị rồi lưu lại.",
  },
  CHANGED_SINCE: {
    reason: "Mục này vừa được sửa trong sổ sau khi kiểm tra",
    mend: "Kiểm tra lại để so với giá trị mới.",
  },
};
