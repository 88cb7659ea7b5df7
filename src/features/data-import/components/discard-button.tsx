"use client";

import { ConfirmDialog } from "@/components/overlay/confirm-dialog";
import { discardImportAction } from "../actions";

/** Drops a batch that was not written. */
export function DiscardButton({ batch }: Readonly<{ batch: Readonly<{ id: string; version: number }> }>) {
  return (
    <ConfirmDialog
      trigger={{ label: "Huỷ lần nhập này", variant: "quiet", size: "small" }}
      title="Huỷ lần nhập này?"
      description="Những gì đã chọn cho tệp này không còn nữa, và bản sao của tệp trên máy chủ được xoá. Sổ không thay đổi gì."
      confirmLabel="Huỷ lần nhập này"
      pendingLabel="Đang huỷ…"
      tone="danger"
      action={discardImportAction}
      hidden={{ batchId: batch.id, version: batch.version }}
    />
  );
}
