import type { Metadata } from "next";
import { PageHeader } from "@/components/layout/page-header";
import { SectionCard } from "@/components/layout/section-card";
import { ROLE_NAMES } from "@/domain/access/access";
import { ActiveForm, PasswordForm, RoleForm } from "@/features/user/components/manage-user-forms";
import { loadUser } from "@/features/user/loaders";

export const metadata: Metadata = { title: "Quản lý một tài khoản" };

export default async function UserPage({ params }: Readonly<{ params: Promise<{ userId: string }> }>) {
  const { actor, user, units } = await loadUser((await params).userId);
  const roles = user.grants.map((grant) => `${ROLE_NAMES[grant.role]} · ${grant.unitName}`).join("; ");

  return (
    <>
      <PageHeader
        title={user.name}
        crumbs={[{ label: "Tài khoản", href: "/quan-tri" }, { label: user.username }]}
        state={`${roles || "Chưa có vai trò"}${user.isActive ? "" : " · đã khoá"}`}
      />
      {actor.id === user.id ? (
        <p>
          Đây là tài khoản của chính anh/chị. Đổi mật khẩu ở mục{" "}
          <a className="link" href="/tai-khoan">
            Tài khoản và mật khẩu
          </a>
          ; vai trò do quản trị khác đổi.
        </p>
      ) : (
        <div className="flex flex-col gap-6">
          <SectionCard title="Giữ vai trò gì?">
            <RoleForm
              user={user}
              units={units.map((unit) => ({ value: String(unit.id), label: unit.name, hint: unit.code }))}
              levels={[...new Set(units.map((unit) => unit.level))]}
            />
          </SectionCard>
          <SectionCard title="Quên mật khẩu?">
            <PasswordForm userId={user.id} />
          </SectionCard>
          <SectionCard title={user.isActive ? "Không còn làm việc này?" : "Làm việc trở lại?"}>
            <ActiveForm user={user} />
          </SectionCard>
        </div>
      )}
    </>
  );
}
