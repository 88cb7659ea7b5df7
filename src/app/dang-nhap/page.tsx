import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { Banner } from "@/components/feedback/banner";
import { PlainShell } from "@/components/layout/app-shell";
import { SignInForm } from "@/features/user/components/sign-in-form";
import { findCurrentActor } from "@/features/user/session";
import { env } from "@/lib/env";

export const metadata: Metadata = { title: "Đăng nhập" };

export default async function SignInPage() {
  if (await findCurrentActor()) redirect("/");

  return (
    <PlainShell tagline="Ghi nhận, thẩm định và công nhận các mô hình học tập">
      <h1 className="mb-4">Đăng nhập</h1>
      {env.HIEU_HOC_MODE === "demonstration" && (
        <div className="mb-5">
          <Banner title="Bản dùng thử">
            Dữ liệu trong hệ thống này là dữ liệu minh hoạ. Tên đăng nhập và mật khẩu dùng thử hiện ở cửa sổ
            đã khởi động chương trình.
          </Banner>
        </div>
      )}
      <SignInForm />
    </PlainShell>
  );
}
