import type { Metadata } from "next";
import { DataTable } from "@/components/data/data-table";
import { Pagination } from "@/components/data/pagination";
import { EmptyState } from "@/components/feedback/empty-state";
import { PageHeader } from "@/components/layout/page-header";
import { VERB_NAMES } from "@/features/audit/constants";
import { loadActions } from "@/features/audit/loaders";
import { ExportLinks } from "@/features/data-export/components/export-links";
import { inSentence } from "@/features/territory/utils";
import type { SearchParams } from "@/features/user/page-scope";
import { formatDateTime } from "@/lib/format/date";

export const metadata: Metadata = { title: "Nhật ký" };

export default async function AuditPage({ searchParams }: Readonly<{ searchParams: SearchParams }>) {
  const { scope, rows, next } = await loadActions(searchParams);

  return (
    <>
      <PageHeader
        title="Nhật ký"
        state={`Mọi việc ghi vào hệ thống tại ${inSentence(scope.unit.name)}, mới nhất trước. Mỗi dòng nối với dòng trước bằng mã băm; không sửa, không xoá được.`}
      />
      <DataTable
        caption="Nhật ký"
        rows={rows}
        rowKey={(row) => `${row.chainId}-${row.seq}`}
        empty={
          <EmptyState title="Chưa có việc nào">
            Khi có người đăng ký, chấm điểm, nộp hay thẩm định, việc đó hiện ở đây.
          </EmptyState>
        }
        columns={[
          { key: "at", header: "Lúc", cell: (row) => formatDateTime(row.at) },
          { key: "verb", header: "Việc", isRowHeader: true, cell: (row) => VERB_NAMES[row.verb] ?? row.verb },
          { key: "actor", header: "Người làm", cell: (row) => row.actorName ?? "Hệ thống" },
          { key: "unit", header: "Đơn vị", cell: (row) => row.chainName ?? "–" },
          { key: "seq", header: "Số thứ tự", align: "right", cell: (row) => row.seq },
          {
            key: "hash",
            header: "Mã băm",
            isHiddenOnPhone: true,
            cell: (row) => <code className="text-xs">{row.hash.slice(0, 12)}…</code>,
          },
        ]}
      />
      <Pagination nextHref={next && `/quan-tri/nhat-ky?don-vi=${scope.unit.id}&truoc=${next}`} />
      <ExportLinks
        href={`/quan-tri/nhat-ky/xuat?don-vi=${scope.unit.id}`}
        count={rows.length === 0 ? 0 : undefined}
        noun="việc đã ghi"
      />
    </>
  );
}
