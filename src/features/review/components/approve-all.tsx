"use client";

import { ConfirmDialog } from "@/components/overlay/confirm-dialog";
import { formatCount } from "@/lib/format/number";
import { approveAction } from "../actions";

/** Approves everything that waits, after the exact count has been confirmed. */
export function ApproveAll({
  dossierId,
  approvable,
  ownWork,
}: Readonly<{ dossierId: string; approvable: number; ownWork: number }>) {
  const label = `Duyệt tất cả ${formatCount(approvable)} mục đang chờ`;

  return (
    <ConfirmDialog
      key={approvable}
      trigger={{ label }}
      title={`${label}?`}
      description={
        <>
          <p>
            Các mục này được duyệt cùng lúc, kể cả mục chưa mở xem. Mục đã duyệt vẫn trả lại được cho đến khi
            có quyết định.
          </p>
          {ownWork > 0 && (
            <p className="mt-2">
              {formatCount(ownWork)} mục do anh/chị chấm hoặc nộp ở lại cho người khác thẩm định.
            </p>
          )}
        </>
      }
      confirmLabel={`Duyệt ${formatCount(approvable)} mục`}
      pendingLabel="Đang duyệt…"
      action={approveAction}
      hidden={{ dossierId, expected: approvable }}
    />
  );
}
