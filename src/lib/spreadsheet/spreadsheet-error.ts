/** Why a file is not read, with the sentence a person gets: what is the matter, and what to do. */
export const SPREADSHEET_ERROR_MESSAGES = {
  EMPTY: "Tệp không có nội dung. Hãy mở tệp trên máy để xem có dữ liệu không, lưu lại rồi gửi lại.",
  TOO_LARGE:
    "Tệp lớn hơn 30 MB nên không được đọc. Hãy xoá hình ảnh và trang không cần, hoặc tách tệp thành nhiều tệp nhỏ.",
  NOT_A_SPREADSHEET:
    "Tệp này không phải bảng tính. Chỉ nhận tệp Excel (.xlsx) và CSV; hãy mở danh sách trong Excel và lưu thành .xlsx.",
  OLD_EXCEL:
    "Đây là tệp Excel kiểu cũ (.xls). Hãy mở tệp trong Excel, chọn Lưu thành (Save As) → Sổ làm việc Excel (.xlsx) rồi gửi tệp mới.",
  OTHER_FORMAT:
    "Đây là bảng tính kiểu khác (.xlsb hoặc .ods). Hãy mở tệp, chọn Lưu thành (Save As) → Sổ làm việc Excel (.xlsx) rồi gửi tệp mới.",
  PASSWORD:
    "Tệp đang đặt mật khẩu nên không đọc được. Hãy mở tệp trong Excel, bỏ mật khẩu, lưu lại rồi gửi lại.",
  MACROS:
    "Tệp có macro nên không được nhận, vì macro có thể chạy lệnh trên máy. Hãy mở tệp trong Excel, lưu lại thành .xlsx (không có macro) rồi gửi tệp mới.",
  DAMAGED:
    "Tệp bị hỏng hoặc chưa tải lên hết. Hãy mở tệp trong Excel, lưu lại thành .xlsx rồi gửi lại; nếu không mở được, hãy lấy bản khác.",
  UNSAFE:
    "Tệp phồng lên quá lớn khi mở hoặc có phần không an toàn nên không được đọc. Hãy chép riêng danh sách sang tệp Excel mới rồi gửi lại.",
  TOO_MUCH:
    "Bảng tính quá lớn: quá nhiều dòng hoặc quá nhiều chữ. Hãy xoá các dòng trống đã định dạng ở cuối bảng hoặc tách thành nhiều tệp.",
  ENCODING:
    "Tệp CSV không dùng bảng mã UTF-8 nên chữ có dấu sẽ sai. Hãy gửi thẳng tệp .xlsx, hoặc trong Excel chọn Lưu thành → CSV UTF-8 rồi gửi lại.",
  SHEET_MISSING: "Tệp không có trang này. Hãy chọn lại trang.",
} as const;

export type SpreadsheetErrorCode = keyof typeof SPREADSHEET_ERROR_MESSAGES;

/** A file that is not read. Says why by code and sentence, never what stands in the file. */
export class SpreadsheetError extends Error {
  readonly code: SpreadsheetErrorCode;

  constructor(code: SpreadsheetErrorCode, cause?: unknown) {
    super(code, { cause });
    this.name = "SpreadsheetError";
    this.code = code;
  }

  /** The sentence a person reads. */
  get text(): string {
    return SPREADSHEET_ERROR_MESSAGES[this.code];
  }
}
