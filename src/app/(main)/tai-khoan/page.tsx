import type { Metadata } from "next";
import { KeyValueList } from "@/components/data/key-value-list";
import { PageHeader } from "@/components/layout/page-header";
import { SectionCard } from "@/components/layout/section-card";
import { ROLE_NAMES } from "@/domain/access/access";
import { OwnPasswordForm } from "@/features/user/components/own-password-form";
import { loadActor } from "@/features/user/session";

export const metadata: Metadata = { title: "Tài khoản và mật khẩu" };

export default async function AccountPage() {
  const actor = await loadActor();

  return (
    <>
      <PageHeader title="Tài khoản và mật khẩu" />
      <div className="flex max-w-3xl flex-col gap-6">
        <SectionCard title="Đang đăng nhập là ai?">
          <KeyValueList
            items={[
              { label: "Họ tên", value: actor.name },
              { label: "Tên đăng nhập", value: actor.username },
              {
                label: "Vai trò",
                value:
                  actor.grants.map((grant) => `${ROLE_NAMES[grant.role]} · ${grant.unitName}`).join("; ") ||
                  "Chưa có vai trò",
              },
            ]}
          />
        </SectionCard>
        <SectionCard title="Đổi mật khẩu">
          <OwnPasswordForm />
        </SectionCard>
      </div>
    </>
  );
}
