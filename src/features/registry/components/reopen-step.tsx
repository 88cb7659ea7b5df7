"use client";

import { CheckboxField } from "@/components/form/choice-fields";
import { DateField } from "@/components/form/date-field";
import { SelectField } from "@/components/form/select-field";
import { ConfirmDialog } from "@/components/overlay/confirm-dialog";
import type { TitleCode } from "@/domain/title/title";
import { reopenSubjectAction } from "../actions";
import { kindOf } from "../constants";
import type { Reopening } from "../data/reopen";

/** Follows a closed entry again, from a day on and in a hamlet that stands today. */
export function ReopenStep({
  title,
  subjectId,
  version,
  unitId,
  hamlets,
  reopening,
}: Readonly<{
  title: TitleCode;
  subjectId: string;
  version: number;
  /** where it stood last */
  unitId: number;
  hamlets: readonly Readonly<{ id: number; name: string }>[];
  reopening: Reopening;
}>) {
  const { members, householdUnitId } = reopening;
  const isPlaced = title === "FAMILY" || title === "CLAN" || title === "CITIZEN";
  const offered = hamlets.find(({ id }) => id === (householdUnitId ?? unitId));

  return (
    <ConfirmDialog
      trigger={{ label: "Theo dõi lại…", size: "small" }}
      title={`Theo dõi lại ${kindOf(title).nounVi} này`}
      description={
        <p>
          Từ ngày ghi dưới đây mục này lại tính vào tổng số. Thời gian đã thôi theo dõi không tính lại.{" "}
          {title === "CITIZEN" &&
            (householdUnitId === null
              ? "Người này trở lại mà chưa thuộc hộ nào; hãy ghi hộ ở phần sửa thông tin."
              : "Chọn thôn khác với thôn của hộ thì người này trở lại mà không thuộc hộ.")}
        </p>
      }
      confirmLabel="Theo dõi lại"
      action={reopenSubjectAction}
      hidden={{ subjectId, version }}
    >
      {isPlaced && (
        <SelectField
          name="hamletId"
          label="Đang ở thôn nào?"
          {...(offered ? { defaultValue: String(offered.id) } : {})}
          options={hamlets.map(({ id, name }) => ({ value: String(id), label: name }))}
        />
      )}
      <DateField name="reopenedOn" label="Từ ngày" />
      {title === "FAMILY" && members > 0 && (
        <CheckboxField
          name="withMembers"
          label={`Theo dõi lại cả ${members} thành viên thôi theo dõi cùng hộ`}
          defaultChecked
        />
      )}
    </ConfirmDialog>
  );
}
