/** What each verb of the log is called on screen. */
export const VERB_NAMES: Readonly<Record<string, string>> = {
  "user.create": "Tạo tài khoản",
  "user.setPassword": "Đặt lại mật khẩu",
  "user.changePassword": "Đổi mật khẩu",
  "user.setRole": "Đổi vai trò",
  "user.open": "Mở lại tài khoản",
  "user.close": "Khoá tài khoản",
};
