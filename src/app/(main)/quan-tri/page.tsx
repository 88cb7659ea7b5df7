import type { Metadata } from "next";
import { StateBadge } from "@/components/data/badge";
import { DataTable } from "@/components/data/data-table";
import { FilterBar } from "@/components/data/filter-bar";
import { EmptyState } from "@/components/feedback/empty-state";
import { PageHeader, StatLine } from "@/components/layout/page-header";
import { SectionCard } from "@/components/layout/section-card";
import { ROLE_NAMES } from "@/domain/access/access";
import { inSentence } from "@/features/territory/utils";
import { CreateUserForm } from "@/features/user/components/create-user-form";
import { loadUsers } from "@/features/user/loaders";
import type { SearchParams } from "@/features/user/page-scope";

export const metadata: Metadata = { title: "Tài khoản" };

export default async function UsersPage({ searchParams }: Readonly<{ searchParams: SearchParams }>) {
  const { scope, users, units, provinces } = await loadUsers(searchParams);
  const closed = users.filter((user) => !user.isActive).length;

  return (
    <>
      <PageHeader
        title="Tài khoản"
        state={
          <StatLine
            items={[
              { value: users.length, label: `tài khoản tại ${inSentence(scope.unit.name)}` },
              { value: closed, label: "đã khoá" },
            ]}
          />
        }
      />
      {provinces.length > 0 && (
        <FilterBar
          action="/quan-tri"
          selects={[
            {
              name: "don-vi",
              label: "Tỉnh, thành phố",
              value: scope.unit.level === "NATION" ? "" : String(scope.unit.id),
              allLabel: "Cả nước",
              options: provinces.map((unit) => ({ value: String(unit.id), label: unit.name })),
            },
          ]}
        />
      )}
      <div className="flex flex-col gap-6">
        <DataTable
          caption="Các tài khoản"
          rows={users}
          rowKey={(user) => user.id}
          rowHref={(user) => `/quan-tri/${user.id}`}
          empty={
            <EmptyState title="Chưa có tài khoản nào">
              Tài khoản đã tạo sẽ hiện ở đây. Hãy tạo tài khoản đầu tiên bên dưới.
            </EmptyState>
          }
          columns={[
            { key: "name", header: "Họ tên", isRowHeader: true, cell: (user) => user.name },
            { key: "username", header: "Tên đăng nhập", cell: (user) => user.username },
            {
              key: "roles",
              header: "Vai trò",
              cell: (user) =>
                user.grants.map((grant) => `${ROLE_NAMES[grant.role]} · ${grant.unitName}`).join("; "),
            },
            {
              key: "state",
              header: "Tình trạng",
              cell: (user) =>
                !user.isActive ? (
                  <StateBadge tone="danger">Đã khoá</StateBadge>
                ) : user.isLocked ? (
                  <StateBadge tone="warn">Tạm khoá 15 phút</StateBadge>
                ) : (
                  <StateBadge tone="ok">Đang dùng</StateBadge>
                ),
            },
          ]}
        />
        <SectionCard title="Tạo tài khoản cho ai?">
          <CreateUserForm
            units={units.map((unit) => ({ value: String(unit.id), label: unit.name, hint: unit.code }))}
            levels={[...new Set(units.map((unit) => unit.level))]}
          />
        </SectionCard>
      </div>
    </>
  );
}
