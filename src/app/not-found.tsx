import type { Metadata } from "next";
import { LinkButton } from "@/components/button";
import { PlainShell } from "@/components/layout/app-shell";

export const metadata: Metadata = { title: "Không tìm thấy" };

export default function NotFound() {
  return (
    <PlainShell>
      <h1>Không tìm thấy</h1>
      <p className="mt-2">
        Trang này không có, hoặc không thuộc phạm vi tài khoản của anh/chị. Nếu mở từ một đường dẫn được gửi
        đến, hãy hỏi lại người gửi.
      </p>
      <p className="mt-6">
        <LinkButton href="/" variant="primary">
          Về trang đầu
        </LinkButton>
      </p>
    </PlainShell>
  );
}
