import { LinkButton } from "@/components/button";
import { PageHeader } from "@/components/layout/page-header";

export default function NotFound() {
  return (
    <>
      <title>Không tìm thấy · Hiếu Học</title>
      <PageHeader title="Không tìm thấy" />
      <p>
        Trang này không có, hoặc không thuộc phạm vi tài khoản của anh/chị. Nếu mở từ một đường dẫn được gửi
        đến, hãy hỏi lại người gửi.
      </p>
      <p className="mt-6">
        <LinkButton href="/" variant="primary">
          Về trang đầu
        </LinkButton>
      </p>
    </>
  );
}
