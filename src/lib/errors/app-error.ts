/** Expected refusals. The UI translates them by code; none is an incident, none carries personal data. */
export const APP_ERROR_MESSAGES = {
  UNAUTHENTICATED: "Phiên làm việc đã hết. Hãy đăng nhập lại; dữ liệu đã lưu vẫn còn.",
  NOT_FOUND: "Không tìm thấy.",
  INVALID: "Thông tin chưa hợp lệ. Hãy xem lại các ô được đánh dấu.",
  CONFLICT: "Người khác vừa sửa mục này. Hãy xem giá trị mới rồi lưu lại.",
  WRONG_STATE:
    "Bước này không còn thực hiện được vì hồ sơ đã sang bước khác. Hãy tải lại trang để xem tình trạng mới.",
  OWN_WORK: "Không được thẩm định hồ sơ do chính mình chấm hoặc nộp.",
  INCOMPLETE: "Còn tiêu chí chưa chấm.",
  BELOW_THRESHOLD: "Chưa đạt điều kiện công nhận theo bộ tiêu chí.",
  REASON_MISSING: "Hãy ghi lý do.",
  DUPLICATE: "Đã có mục như vậy.",
  IDENTITY_TAKEN: "Số CCCD này đã ghi cho một người khác đang được theo dõi.",
  TOO_LARGE: "Tệp quá lớn.",
  UNSUPPORTED_FILE: "Chỉ nhận ảnh (JPG, PNG, WebP) hoặc PDF.",
  BUSY: "Hệ thống đang bận. Dữ liệu chưa được ghi; hãy thử lại sau ít giây.",
  UNKNOWN: "Có lỗi ngoài dự kiến. Dữ liệu chưa được ghi.",
} as const;

export type AppErrorCode = keyof typeof APP_ERROR_MESSAGES;

/**
 * A value that somebody else changed meanwhile: its name for people, what was sent, what stands now. `take`: the form values
 * that mean what stands now. `isSeen`: `yours` is what the person saw, not what they typed.
 */
export type Conflict = Readonly<{
  label: string;
  yours: string;
  theirs: string;
  take?: Readonly<Record<string, string>>;
  isSeen?: boolean;
}>;

type AppErrorOptions = {
  code: AppErrorCode;
  detail?: string;
  fields?: Record<string, string>;
  conflict?: readonly Conflict[];
  newValues?: Record<string, string>;
  cause?: unknown;
};

/**
 * A refusal the caller can act on. `detail` replaces the default sentence, `fields` maps form fields to sentences, `conflict`
 * shows both values of a stale save, and `newValues` (the new `version`) lets the next save pass.
 */
export class AppError extends Error {
  readonly code: AppErrorCode;
  readonly detail: string | undefined;
  readonly fields: Readonly<Record<string, string>>;
  readonly conflict: readonly Conflict[];
  readonly newValues: Readonly<Record<string, string>>;

  constructor(options: AppErrorOptions) {
    super(options.code, { cause: options.cause });
    this.name = "AppError";
    this.code = options.code;
    this.detail = options.detail;
    this.fields = options.fields ?? {};
    this.conflict = options.conflict ?? [];
    this.newValues = options.newValues ?? {};
  }

  /** The sentence a person reads. */
  get text(): string {
    return this.detail ?? APP_ERROR_MESSAGES[this.code];
  }
}
