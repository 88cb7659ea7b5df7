"use client";

import { LinkButton } from "@/components/button";
import { CheckboxField, RadioGroupField } from "@/components/form/choice-fields";
import { DateField } from "@/components/form/date-field";
import { SelectField } from "@/components/form/select-field";
import { ConfirmDialog } from "@/components/overlay/confirm-dialog";
import type { TitleCode } from "@/domain/title/title";
import { closeSubjectAction, moveSubjectAction } from "../actions";
import { CLOSE_REASON_NAMES, CLOSE_REASONS, kindOf } from "../constants";

/** The steps that change where an entry stands: to another hamlet, or off the register. */
export function EntrySteps({
  title,
  subjectId,
  version,
  unitId,
  hamlets,
  memberCount,
  hasHousehold,
}: Readonly<{
  title: TitleCode;
  subjectId: string;
  version: number;
  unitId: number;
  hamlets: readonly Readonly<{ id: number; name: string }>[];
  memberCount: number;
  hasHousehold: boolean;
}>) {
  const hidden = { subjectId, version };
  const others = hamlets.filter(({ id }) => id !== unitId);
  const isMovable = title === "FAMILY" || title === "CLAN" || title === "CITIZEN";
  const { nounVi } = kindOf(title);

  return (
    <div className="flex flex-wrap gap-3">
      {isMovable && others.length > 0 && (
        <ConfirmDialog
          trigger={{ label: "Chuyển thôn…" }}
          title={`Chuyển ${nounVi} sang thôn khác`}
          description={<p>{moveText(title, memberCount, hasHousehold)}</p>}
          confirmLabel="Chuyển thôn"
          action={moveSubjectAction}
          hidden={hidden}
        >
          <SelectField
            name="hamletId"
            label="Thôn chuyển đến"
            options={others.map(({ id, name }) => ({ value: String(id), label: name }))}
          />
          <DateField name="movedOn" label="Chuyển từ ngày" />
        </ConfirmDialog>
      )}
      <ConfirmDialog
        trigger={{ label: "Thôi theo dõi…" }}
        title={`Thôi theo dõi ${nounVi} này`}
        description={
          <p>
            Từ ngày ghi dưới đây mục này không còn tính vào tổng số. Điểm, minh chứng và quyết định các năm
            trước vẫn giữ nguyên.
          </p>
        }
        confirmLabel="Thôi theo dõi"
        tone="danger"
        action={closeSubjectAction}
        hidden={hidden}
      >
        <RadioGroupField
          name="reason"
          label="Lý do"
          options={CLOSE_REASONS.flatMap((reason) => {
            const label = CLOSE_REASON_NAMES[title][reason];

            return label === undefined ? [] : [{ value: reason, label }];
          })}
        />
        <DateField name="closedOn" label="Từ ngày" />
        {title === "FAMILY" && memberCount > 0 && (
          <CheckboxField
            name="withMembers"
            label={`Thôi theo dõi cả ${memberCount} thành viên`}
            hint="Không đánh dấu thì các thành viên ở lại sổ và không còn thuộc hộ nào."
            defaultChecked
          />
        )}
      </ConfirmDialog>
      {title !== "COMMUNITY" && (
        <LinkButton href={`/so-theo-doi/gop?muc=${subjectId}`}>Gộp với mục trùng…</LinkButton>
      )}
    </div>
  );
}

function moveText(title: TitleCode, memberCount: number, hasHousehold: boolean): string {
  if (title === "FAMILY" && memberCount > 0)
    return `Hộ và ${memberCount} thành viên cùng chuyển. Các năm trước vẫn tính ở thôn cũ.`;
  if (title === "CITIZEN" && hasHousehold)
    return "Chuyển riêng một người thì người ấy rời hộ hiện nay. Nếu cả hộ chuyển, hãy chuyển ở trang của hộ.";

  return "Các năm trước vẫn tính ở thôn cũ.";
}
