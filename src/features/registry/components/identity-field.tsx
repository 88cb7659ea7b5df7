"use client";

import Link from "next/link";
import { use } from "react";
import { FormContext } from "@/components/form/form-context";
import { TextField } from "@/components/form/text-field";

/** The number of an identity card, typed in full. When somebody else of the commune has it, a link leads there. */
export function IdentityField({ isOptional = false }: Readonly<{ isOptional?: boolean }>) {
  const { state } = use(FormContext);
  const { identityHolderId: id, identityHolderName: name } = state.values ?? {};
  const isTaken = state.status === "error" && state.fieldErrors?.identityNumber !== undefined && id;

  return (
    <div>
      <TextField
        name="identityNumber"
        label="Số CCCD"
        hint="12 chữ số trên thẻ (CMND cũ: 9 chữ số). Được cất ở dạng mã hoá và chỉ hiện bốn số cuối."
        isOptional={isOptional}
        inputMode="numeric"
        width="short"
        maxLength={20}
      />
      {isTaken && (
        <p className="mt-1 text-sm">
          Người đang giữ số này:{" "}
          <Link href={`/so-theo-doi/${id}`} target="_blank" className="link">
            {name}
          </Link>
        </p>
      )}
    </div>
  );
}
