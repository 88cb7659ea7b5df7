import type { Metadata } from "next";
import { DataTable } from "@/components/data/data-table";
import { PageHeader } from "@/components/layout/page-header";
import type { Capability } from "@/domain/access/access";
import { CAPABILITIES, ROLE_NAMES, ROLES, roleCan } from "@/domain/access/access";
import { loadActor } from "@/features/user/session";

export const metadata: Metadata = { title: "Phân quyền" };

const CAPABILITY_NAMES: Record<Capability, string> = {
  "dashboard.read": "Xem số liệu tổng hợp",
  "registry.read": "Xem sổ theo dõi",
  "registry.write": "Ghi sổ theo dõi",
  "registry.identity": "Xem số CCCD đầy đủ",
  "assessment.read": "Xem phiếu điểm và minh chứng",
  "assessment.write": "Chấm điểm, đính kèm minh chứng",
  "dossier.read": "Xem hồ sơ",
  "dossier.submit": "Nộp hồ sơ",
  "review.decide": "Thẩm định, ghi quyết định",
  "figure.write": "Nhập số liệu chính thức",
  "plan.write": "Sửa kế hoạch",
  "user.manage": "Quản lý tài khoản",
  "territory.manage": "Quản lý địa giới",
  "criteria.manage": "Quản lý bộ tiêu chí",
  "audit.read": "Xem nhật ký",
};

export default async function AccessPage() {
  await loadActor();

  return (
    <>
      <PageHeader
        title="Phân quyền"
        state="Mỗi vai trò chỉ có hiệu lực tại đơn vị được giao và các đơn vị bên dưới."
      />
      <DataTable
        caption="Vai trò và quyền"
        phone="scroll"
        rows={CAPABILITIES}
        rowKey={(capability) => capability}
        columns={[
          {
            key: "capability",
            header: "Quyền",
            isRowHeader: true,
            cell: (capability) => CAPABILITY_NAMES[capability],
          },
          ...ROLES.map((role) => ({
            key: role,
            header: ROLE_NAMES[role],
            align: "center" as const,
            cell: (capability: Capability) => (roleCan(role, capability) ? "Có" : "–"),
          })),
        ]}
      />
    </>
  );
}
