const KINDS =
  /^(?:Tỉnh|Thành phố|Huyện|Quận|Thị xã|Thị trấn|Xã|Phường|Đặc khu|Khu vực|Thôn|Bản|Ấp|Tổ dân phố|Khu phố|Xóm|Buôn|Làng|Khóm|Khu) /;

/** The name of a unit inside a sentence: `Xã Tân Trào` → `xã Tân Trào`. A name without its kind (`Việt Nam`) keeps its capital. */
export function inSentence(name: string): string {
  return KINDS.test(name) ? name.charAt(0).toLowerCase() + name.slice(1) : name;
}
