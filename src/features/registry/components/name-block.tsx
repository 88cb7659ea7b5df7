"use client";

import Link from "next/link";
import { use, useState } from "react";
import { Button } from "@/components/button";
import { CheckboxField } from "@/components/form/choice-fields";
import { FormContext, fieldId } from "@/components/form/form-context";
import { TextField } from "@/components/form/text-field";
import type { TitleCode } from "@/domain/title/title";
import { toSearchKey } from "@/lib/text/search-key";
import { kindOf } from "../constants";
import type { DuplicateAnswer } from "../search";
import { isAllCaps } from "../utils";
import { settleName } from "./settle-name";
import { useRegistrySearch } from "./use-registry-search";

/**
 * The name of an entry. A person's name typed small or in capitals alone is written the ordinary way when the field is left,
 * said, and put back by one press; other names are kept as typed.
 */
export function NameField({
  title,
  defaultValue,
  hint,
  autoFocus = false,
  onChange,
}: Readonly<{
  title: TitleCode;
  defaultValue?: string;
  hint?: string;
  autoFocus?: boolean;
  onChange?: (name: string) => void;
}>) {
  const { formId } = use(FormContext);
  const [name, setName] = useState(defaultValue ?? "");
  const [typed, setTyped] = useState<string | null>(null);
  const isPerson = title === "FAMILY" || title === "CITIZEN";

  function write(text: string, before: string | null = null) {
    setName(text);
    setTyped(before);
    onChange?.(text);
  }

  function settle(target: EventTarget) {
    if (!isPerson || !(target instanceof HTMLInputElement) || target.name !== "name") return;
    const before = settleName(target);
    if (before !== null || target.value !== name) write(target.value, before);
  }

  function putBack(text: string) {
    const input = document.getElementById(fieldId(formId, "name"));
    if (!(input instanceof HTMLInputElement)) return;
    input.value = text;
    write(text);
    input.focus();
  }

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: only listens to what bubbles up from the field inside.
    <div
      onBlur={(event) => settle(event.target)}
      onKeyDown={(event) => event.key === "Enter" && settle(event.target)}
    >
      <TextField
        name="name"
        label={kindOf(title).nameLabel}
        hint={hint}
        defaultValue={defaultValue}
        autoFocus={autoFocus}
        onChange={(text) => write(text)}
      />
      <div role="status">
        {typed !== null && (
          <p className="mt-1 flex flex-wrap items-center gap-2 text-sm text-muted">
            <span>Đã viết lại chữ hoa, chữ thường của tên.</span>
            <Button size="small" variant="quiet" onPress={() => putBack(typed)}>
              Giữ như đã gõ: {typed}
            </Button>
          </p>
        )}
        {!isPerson && isAllCaps(name) && (
          <p className="mt-1 text-sm text-warn">
            ! Tên đang viết hoa toàn bộ; hệ thống giữ nguyên như đã gõ.
          </p>
        )}
      </div>
    </div>
  );
}

/**
 * Who is in the register already under the name just typed. A new entry gets the box that says it is somebody else; the server
 * looks again when the form is sent, also at the members of a household. An entry that stands already (`subjectId`) is led to
 * the compare screen instead.
 */
export function DuplicateNotice({
  title,
  unitId,
  year,
  name,
  birthYear,
  subjectId,
}: Readonly<{
  title: TitleCode;
  unitId: number;
  year: number;
  name: string;
  birthYear?: string | undefined;
  subjectId?: string;
}>) {
  const { state } = use(FormContext);
  // The tick is of one name and year: it outlives the box, and does not pass on to somebody else.
  const about = `${toSearchKey(name)} ${birthYear ?? ""}`;
  const [confirmed, setConfirmed] = useState<string | null>(null);
  const isReady = name.trim().length >= 2 && (title !== "CITIZEN" || /^\d{4}$/.test(birthYear ?? ""));
  const { answer } = useRegistrySearch<DuplicateAnswer>(
    isReady
      ? {
          mode: "duplicates",
          unitId,
          title,
          year,
          text: name.trim().slice(0, 200),
          ...(subjectId === undefined ? {} : { subjectId }),
          ...(/^\d{4}$/.test(birthYear ?? "") ? { birthYear: Number(birthYear) } : {}),
        }
      : null,
  );
  const duplicates = isReady ? (answer?.duplicates ?? []) : [];
  const isRefused = state.fieldErrors?.confirmNew !== undefined || confirmed === about;

  return (
    <div aria-live="polite" className="empty:-mt-5">
      {(duplicates.length > 0 || isRefused) && (
        <div className="max-w-2xl rounded-md border border-warn bg-warn-soft px-4 py-3">
          {duplicates.length > 0 && (
            <>
              <p className="font-semibold text-warn">
                ! Trong xã đã có {duplicates.length} {kindOf(title).nounVi} trùng tên
              </p>
              <ul className="mt-1 list-disc pl-5 text-sm">
                {duplicates.map((one) => (
                  <li key={one.id}>
                    <Link
                      href={
                        subjectId === undefined
                          ? `/so-theo-doi/${one.id}`
                          : `/so-theo-doi/gop?muc=${subjectId}&voi=${one.id}`
                      }
                      target="_blank"
                      className="link"
                    >
                      {subjectId !== undefined && "So sánh với "}
                      {one.name}
                      {one.birthYear && `, sinh năm ${one.birthYear}`}
                    </Link>{" "}
                    · {one.unitName}
                  </li>
                ))}
              </ul>
            </>
          )}
          {subjectId === undefined && (
            <CheckboxField
              name="confirmNew"
              label="Vẫn ghi mới: đây là mục khác, không phải mục đã có"
              isChecked={confirmed === about}
              onChange={(isChecked) => setConfirmed(isChecked ? about : null)}
            />
          )}
        </div>
      )}
    </div>
  );
}
