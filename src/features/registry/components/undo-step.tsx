"use client";

import Link from "next/link";
import { use } from "react";
import { FormContext } from "@/components/form/form-context";
import { ConfirmDialog } from "@/components/overlay/confirm-dialog";
import { formatCount } from "@/lib/format/number";
import { undoStepAction } from "../actions";

/** Takes a whole step back, after saying how much that is; where something stands in the way, leads to it. */
export function UndoStep({
  stepId,
  from,
  what,
  count,
  isMade,
}: Readonly<{
  stepId: string;
  /** the entry it is taken back from; absent on a page of its own */
  from?: string;
  /** what the step was called, "Chuyển thôn" */
  what: string;
  /** entries it changed */
  count: number;
  /** the step made the entry: undone, the entry is gone */
  isMade: boolean;
}>) {
  const entries = count === 1 ? "mục này" : `${formatCount(count)} mục`;

  return (
    <ConfirmDialog
      trigger={{
        label: (
          <>
            Hoàn tác<span className="sr-only"> bước {what}</span>…
          </>
        ),
        size: "small",
      }}
      title={`Hoàn tác “${what}”`}
      description={
        <p>
          {isMade
            ? `Bước này đã ghi ${entries} vào sổ. Hoàn tác thì ${entries} không còn trong sổ.`
            : `Bước này đã đổi ${entries}. Hoàn tác thì ${entries} trở lại đúng như trước bước ấy.`}
        </p>
      }
      confirmLabel={count === 1 ? "Hoàn tác" : `Hoàn tác ${formatCount(count)} mục`}
      pendingLabel="Đang hoàn tác…"
      tone={isMade ? "danger" : "primary"}
      action={undoStepAction}
      hidden={from === undefined ? { stepId } : { stepId, from }}
    >
      <BlockedBy from={from} />
    </ConfirmDialog>
  );
}

function BlockedBy({ from }: Readonly<{ from: string | undefined }>) {
  const blockedBy = use(FormContext).state.values?.blockedBy;
  if (!blockedBy || blockedBy === from) return null;

  return (
    <p>
      <Link href={`/so-theo-doi/${blockedBy}`} className="link">
        Xem mục đang vướng
      </Link>
    </p>
  );
}
