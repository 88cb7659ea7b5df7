"use client";

import { useState } from "react";
import { Button } from "@/components/button";
import { Form } from "@/components/form/form";
import { SubmitButton } from "@/components/form/submit-button";
import { ConfirmDialog } from "@/components/overlay/confirm-dialog";
import { recordIdentityAction, removeIdentityAction, showIdentityAction } from "../actions/identity";
import { IdentityField } from "./identity-field";

/**
 * A citizen's number on the entry's page: its last digits, and the steps with it. In full it is shown on request, to this
 * page alone, until the page is left or reloaded.
 */
export function IdentityValue({
  subjectId,
  mask,
  version,
  canWrite,
}: Readonly<{ subjectId: string; mask: string | null; version: number; canWrite: boolean }>) {
  const [shown, setShown] = useState<{ number: string; version: number } | null>(null);
  const number = shown?.version === version ? shown.number : null;
  const hidden = { subjectId, identityVersion: version };
  const isRecorded = version > 0;

  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
      <span aria-live="polite" className="tabular-nums">
        {number ?? mask ?? (isRecorded ? "Có số, nhưng máy chủ không mở được" : "Chưa ghi")}
      </span>
      {mask !== null && number === null && (
        <Form
          action={showIdentityAction}
          hidden={{ subjectId }}
          label="Hiện số CCCD"
          className=""
          onSuccess={({ values }) => values?.number && setShown({ number: values.number, version })}
        >
          <SubmitButton variant="secondary" size="small" pendingLabel="Đang mở…">
            Hiện số CCCD
          </SubmitButton>
        </Form>
      )}
      {number !== null && (
        <Button size="small" onPress={() => setShown(null)}>
          Ẩn bớt số CCCD
        </Button>
      )}
      {canWrite && (
        <ConfirmDialog
          key={version}
          trigger={{ label: isRecorded ? "Sửa số CCCD…" : "Ghi số CCCD…", size: "small", variant: "quiet" }}
          title={isRecorded ? "Sửa số CCCD" : "Ghi số CCCD"}
          description={isRecorded && <p>Nhập lại cả số mới; số đang ghi được thay bằng số này.</p>}
          confirmLabel="Lưu số CCCD"
          action={recordIdentityAction}
          hidden={hidden}
        >
          <IdentityField />
        </ConfirmDialog>
      )}
      {canWrite && isRecorded && (
        <ConfirmDialog
          trigger={{ label: "Xoá số CCCD…", size: "small", variant: "quiet" }}
          title="Xoá số CCCD khỏi sổ"
          description={
            <p>Số này bị xoá hẳn và không lấy lại được từ lịch sử; khi cần phải nhập lại theo thẻ.</p>
          }
          confirmLabel="Xoá số CCCD"
          tone="danger"
          action={removeIdentityAction}
          hidden={hidden}
        />
      )}
      {mask !== null && (
        <p className="basis-full text-sm text-muted">Mỗi lần hiện đủ số đều được ghi vào nhật ký.</p>
      )}
    </div>
  );
}
