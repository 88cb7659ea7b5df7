"use client";

import { Banner } from "@/components/feedback/banner";
import type { LegacyEncoding } from "@/lib/text/legacy-vietnamese";
import type { SheetLook } from "../types";

const NAMES: Readonly<Record<LegacyEncoding, string>> = {
  TCVN3: "phông cũ TCVN3 (ABC, các phông .Vn…)",
  VNI: "phông cũ VNI",
  CP1258: "bảng mã cũ Windows-1258",
};

/** Says that a file is typed in an old font and offers to read it in Unicode, with a text of the file before and after. */
export function LegacyCard({
  legacy,
  isTaken,
  onChange,
}: Readonly<{
  legacy: NonNullable<SheetLook["legacy"]>;
  isTaken: boolean;
  onChange: (isTaken: boolean) => void;
}>) {
  return (
    <Banner tone="warn" title={`Tệp gõ bằng ${NAMES[legacy.encoding]}`} className="mb-0">
      <p>
        Trong tệp ghi “{legacy.before}”, đọc theo phông ấy là “{legacy.after}”. Nội dung bên dưới đã đổi sang
        chữ Unicode; tệp gửi lên giữ nguyên.
      </p>
      <label className="flex min-h-11 cursor-pointer items-center gap-3 md:min-h-9">
        <input
          type="checkbox"
          checked={isTaken}
          onChange={(event) => onChange(event.target.checked)}
          className="size-5 shrink-0 accent-accent"
        />
        Đổi sang chữ Unicode khi kiểm tra và ghi
      </label>
      {!isTaken && (
        <p className="font-medium">
          Không đổi thì chữ được ghi vào sổ đúng như “{legacy.before}”. Chỉ bỏ chọn khi phần đã đổi bị sai.
        </p>
      )}
    </Banner>
  );
}
