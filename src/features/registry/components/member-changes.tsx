"use client";

import { use } from "react";
import { Button, LinkButton } from "@/components/button";
import { Form } from "@/components/form/form";
import { FormContext } from "@/components/form/form-context";
import { FieldMessages } from "@/components/form/form-field";
import { FormActions, SubmitButton } from "@/components/form/submit-button";
import { formatCount } from "@/lib/format/number";
import { editMemberListAction } from "../actions/member-list";
import type { ListOwner, MemberRow } from "../member-list";
import { MAX_LIST_CHANGES, MEMBER_LISTS } from "../member-list";

/** What saving will do, in exact numbers and by name, and the button that does it. */
export function MemberChanges({
  subject,
  count,
  changes,
  onUndo,
}: Readonly<{
  subject: Readonly<{ id: string; title: ListOwner }>;
  count: number;
  changes: ReadonlyMap<string, MemberRow>;
  onUndo: (row: MemberRow) => void;
}>) {
  const { noun, ownerNoun } = MEMBER_LISTS[subject.title];
  const rows = [...changes.values()];
  const added = rows.filter(({ listedById }) => listedById !== subject.id);
  const removed = rows.filter(({ listedById }) => listedById === subject.id);
  const moving = added.filter(({ listedById }) => listedById !== null);
  const many = (all: readonly MemberRow[]) => `${formatCount(all.length)} ${noun}`;
  const steps = [
    added.length > 0 && `thêm ${many(added)}`,
    removed.length > 0 && `bỏ ${many(removed)}`,
  ].filter((step) => step !== false);
  const label = steps.join(", ");

  return (
    <section
      aria-label="Thay đổi sẽ lưu"
      className="sticky bottom-0 z-10 rounded-lg border border-line bg-paper p-4 max-md:bottom-16 sm:p-5"
    >
      <p className="font-medium" aria-live="polite">
        {rows.length === 0
          ? `Chưa có thay đổi. Đánh dấu các ${noun} cần thêm, bỏ dấu các ${noun} cần đưa ra.`
          : `Sẽ ${label}${moving.length > 0 ? ` (${many(moving)} chuyển từ ${ownerNoun} khác)` : ""}. Sau khi lưu, ${ownerNoun} có ${formatCount(count + added.length - removed.length)} ${noun}.`}
      </p>
      {rows.length > MAX_LIST_CHANGES && (
        <p role="alert" className="mt-1 text-sm font-medium text-danger">
          ✕ Mỗi lần lưu được nhiều nhất {formatCount(MAX_LIST_CHANGES)} thay đổi. Hãy lưu làm nhiều lần.
        </p>
      )}
      {rows.length > 0 && (
        <details className="mt-2 text-sm">
          <summary className="cursor-pointer text-accent">Xem từng {noun}</summary>
          <ul className="mt-2 max-h-40 overflow-auto md:max-h-56">
            {rows.map((row) => (
              <li
                key={row.id}
                className="flex flex-wrap items-center justify-between gap-2 border-b border-line py-1"
              >
                <span>
                  {row.listedById === subject.id ? "Bỏ" : "Thêm"} {row.name} · {row.unitName}
                </span>
                <Button size="small" variant="quiet" onPress={() => onUndo(row)}>
                  Thôi<span className="sr-only"> thay đổi {row.name}</span>
                </Button>
              </li>
            ))}
          </ul>
        </details>
      )}
      <Form
        action={editMemberListAction}
        hidden={{ subjectId: subject.id }}
        label="Lưu danh sách"
        className="mt-3 flex flex-col gap-3"
      >
        <ChangesInput subjectId={subject.id} rows={rows} />
        <FormActions>
          <SubmitButton isDisabled={rows.length === 0 || rows.length > MAX_LIST_CHANGES}>
            {rows.length === 0 ? "Lưu danh sách" : `Lưu: ${label}`}
          </SubmitButton>
          <LinkButton variant="quiet" href={`/so-theo-doi/${subject.id}`}>
            Thôi, không sửa
          </LinkButton>
        </FormActions>
      </Form>
    </section>
  );
}

/** The changes as they are sent. After a conflict the entries it named are sent with the versions it gave. */
function ChangesInput({ subjectId, rows }: Readonly<{ subjectId: string; rows: readonly MemberRow[] }>) {
  const { state } = use(FormContext);
  const fresh = new Map(Object.entries<number>(JSON.parse(state.values?.versions ?? "{}")));
  const change = ({ id, version }: MemberRow) => ({ id, version: fresh.get(id) ?? version });
  const changes = {
    add: rows.filter(({ listedById }) => listedById !== subjectId).map(change),
    remove: rows.filter(({ listedById }) => listedById === subjectId).map(change),
  };

  return (
    <>
      <FieldMessages error={state.fieldErrors?.changes} errorId={undefined} />
      <input type="hidden" name="changes" value={JSON.stringify(changes)} />
      {state.values?.versions !== undefined && (
        <input type="hidden" name="versions" value={state.values.versions} />
      )}
    </>
  );
}
