"use client";

import { DateField } from "@/components/form/date-field";
import { SelectField } from "@/components/form/select-field";
import { TextField } from "@/components/form/text-field";
import { ConfirmDialog } from "@/components/overlay/confirm-dialog";
import { HAMLET_KINDS } from "@/features/registry/constants";
import { renameHamletAction } from "../actions";

/** Another name or kind of a hamlet from a day on. A slip of the pen is corrected on the entry, without a date. */
export function RenameDialog({
  hamletId,
  name,
  kind,
}: Readonly<{ hamletId: number; name: string; kind: string }>) {
  return (
    <ConfirmDialog
      trigger={{ label: "Đổi tên…", size: "small" }}
      title="Đổi tên thôn"
      description={
        <p>
          Dùng khi xã có quyết định đổi tên hoặc đổi loại. Trước ngày ghi dưới đây thôn vẫn mang tên cũ. Nếu
          chỉ sửa lỗi chính tả, hãy sửa ở thông tin của thôn.
        </p>
      }
      confirmLabel="Đổi tên"
      action={renameHamletAction}
      hidden={{ hamletId }}
    >
      <SelectField
        name="kind"
        label="Loại"
        defaultValue={kind}
        placeholder={null}
        width="short"
        options={HAMLET_KINDS.map((one) => ({ value: one, label: one }))}
      />
      <TextField name="name" label="Tên mới" defaultValue={name} maxLength={200} />
      <DateField name="on" label="Từ ngày" />
    </ConfirmDialog>
  );
}
