"use client";

import { X } from "lucide-react";
import type { KeyboardEvent, ReactNode } from "react";
import { use, useRef, useState } from "react";
import { Button, IconButton } from "@/components/button";
import { cx } from "@/components/cx";
import { FormContext, fieldId } from "@/components/form/form-context";
import { CITIZEN_VARIANTS } from "@/domain/title/title";
import { DIGITAL_SKILL_NAMES, DIGITAL_SKILLS, SEX_NAMES, SEXES, VARIANT_SHORT_NAMES } from "../constants";
import { settleName } from "./settle-name";

type Choice = Readonly<{ id: string; name: string }>;

const cellClass =
  "min-h-11 w-full rounded-md border border-field bg-paper px-2 py-1 text-sm hover:border-ink md:min-h-9 " +
  "aria-invalid:border-2 aria-invalid:border-danger";
const rowClass =
  "grid grid-cols-2 gap-x-3 gap-y-2 md:grid-cols-[minmax(10rem,2fr)_5.5rem_6rem_minmax(9rem,1.3fr)_4.5rem_minmax(7rem,1fr)_minmax(7rem,1fr)_2.5rem] md:items-start md:gap-x-2";

/**
 * The members of a household, one row each, filled by keyboard: Tab goes on, Enter to the next row; a new row appears when
 * the last one is begun. A row with neither name nor year of birth is left out.
 */
export function MemberGrid({ organisations }: Readonly<{ organisations: readonly Choice[] }>) {
  const { formId, state } = use(FormContext);
  const nextKey = useRef(1);
  const [rows, setRows] = useState([0]);
  const box = useRef<HTMLFieldSetElement>(null);

  const idOf = (at: number, field: string) => fieldId(formId, `members.${at}.${field}`);
  const addRow = () => setRows((current) => [...current, nextKey.current++]);

  function begin(at: number, value: string) {
    if (at === rows.length - 1 && value !== "") addRow();
  }

  function toNextRow(event: KeyboardEvent<HTMLElement>, at: number) {
    if (event.key !== "Enter" || event.target instanceof HTMLButtonElement) return;
    event.preventDefault();
    document.getElementById(idOf(at + 1, "name"))?.focus();
  }

  function addHead() {
    const head = box.current?.form?.elements.namedItem("name");
    const first = document.getElementById(idOf(0, "name"));
    if (!(head instanceof HTMLInputElement) || !(first instanceof HTMLInputElement)) return;
    first.value = head.value;
    begin(0, head.value);
    document.getElementById(idOf(0, "birthYear"))?.focus();
  }

  return (
    <fieldset ref={box} className="min-w-0">
      <legend className="sr-only">Thành viên trong hộ</legend>
      <p className="text-sm text-muted">
        Mỗi dòng là một thành viên, được ghi thành một công dân của thôn; cần đủ họ và tên, năm sinh, giới
        tính và nghề nghiệp. Phím Tab sang ô kế tiếp, Enter xuống dòng sau; dòng để trống không được ghi. Có
        thể bổ sung sau.
      </p>
      <div
        aria-hidden="true"
        className={cx(rowClass, "mt-3 hidden! text-xs font-semibold text-muted md:grid!")}
      >
        {["Họ và tên", "Năm sinh", "Giới", "Nghề nghiệp", "Lao động", "Kỹ năng số", "Nơi làm việc, học"].map(
          (header) => (
            <span key={header}>{header}</span>
          ),
        )}
      </div>
      <div className="mt-1 flex flex-col gap-3 md:gap-2">
        {rows.map((key, at) => {
          const error = (field: string) => state.fieldErrors?.[`members.${at}.${field}`];
          const cell = (field: string) => ({
            id: idOf(at, field),
            name: `members.${at}.${field}`,
            "aria-invalid": error(field) ? (true as const) : undefined,
            "aria-describedby": error(field) ? `${idOf(at, field)}-error` : undefined,
            className: cellClass,
          });

          return (
            // biome-ignore lint/a11y/noStaticElementInteractions: the row only listens for Enter bubbling up from its inputs.
            <div
              key={key}
              onKeyDown={(event) => toNextRow(event, at)}
              className={cx(rowClass, "max-md:rounded-md max-md:border max-md:border-line max-md:p-3")}
            >
              <Cell
                id={idOf(at, "name")}
                label={`Họ và tên, người thứ ${at + 1}`}
                error={error("name")}
                isWide
              >
                <input
                  {...cell("name")}
                  autoComplete="off"
                  spellCheck={false}
                  onChange={(event) => begin(at, event.target.value)}
                  onBlur={(event) => settleName(event.target)}
                />
              </Cell>
              <Cell id={idOf(at, "birthYear")} label="Năm sinh" error={error("birthYear")}>
                <input {...cell("birthYear")} inputMode="numeric" maxLength={4} autoComplete="off" />
              </Cell>
              <Cell id={idOf(at, "sex")} label="Giới tính" error={error("sex")}>
                <select {...cell("sex")} defaultValue="">
                  <option value="">Chọn…</option>
                  {SEXES.map((sex) => (
                    <option key={sex} value={sex}>
                      {SEX_NAMES[sex]}
                    </option>
                  ))}
                </select>
              </Cell>
              <Cell id={idOf(at, "variant")} label="Nghề nghiệp" error={error("variant")}>
                <select {...cell("variant")} defaultValue="">
                  <option value="">Chọn…</option>
                  {CITIZEN_VARIANTS.map((variant) => (
                    <option key={variant} value={variant}>
                      {VARIANT_SHORT_NAMES[variant]}
                    </option>
                  ))}
                </select>
              </Cell>
              <Cell id={idOf(at, "isWorker")} label="Người lao động" error={error("isWorker")}>
                <span className="flex min-h-11 items-center md:min-h-9 md:justify-center">
                  <input {...cell("isWorker")} type="checkbox" className="size-5 accent-accent" />
                </span>
              </Cell>
              <Cell id={idOf(at, "digitalSkill")} label="Kỹ năng số" error={error("digitalSkill")}>
                <select {...cell("digitalSkill")} defaultValue="NONE">
                  {DIGITAL_SKILLS.map((skill) => (
                    <option key={skill} value={skill}>
                      {DIGITAL_SKILL_NAMES[skill]}
                    </option>
                  ))}
                </select>
              </Cell>
              <Cell id={idOf(at, "organisationId")} label="Nơi làm việc, học" error={error("organisationId")}>
                <select {...cell("organisationId")} defaultValue="" disabled={organisations.length === 0}>
                  <option value="">–</option>
                  {organisations.map(({ id, name }) => (
                    <option key={id} value={id}>
                      {name}
                    </option>
                  ))}
                </select>
              </Cell>
              <IconButton
                label={`Bỏ dòng ${at + 1}`}
                icon={<X className="size-4" />}
                isDisabled={rows.length === 1}
                onPress={() => setRows((current) => current.filter((one) => one !== key))}
                className="justify-self-end max-md:col-start-2 md:self-start"
              />
            </div>
          );
        })}
      </div>
      <div className="mt-3 flex flex-wrap gap-3">
        <Button size="small" onPress={addHead}>
          Ghi chủ hộ vào dòng đầu
        </Button>
        <Button size="small" onPress={addRow}>
          Thêm dòng
        </Button>
      </div>
    </fieldset>
  );
}

/** Whom an error of the grid is about: "Người thứ 2 (Ma Văn Hai)"; nothing for other fields. */
export function memberOf(field: string, values: Readonly<Record<string, string>>): string | undefined {
  const at = /^members\.(\d+)\./.exec(field)?.[1];
  if (at === undefined) return undefined;
  const name = values[`members.${at}.name`]?.trim().slice(0, 60);

  return `Người thứ ${Number(at) + 1}${name ? ` (${name})` : ""}`;
}

function Cell({
  id,
  label,
  error,
  isWide = false,
  children,
}: Readonly<{
  id: string;
  label: string;
  error: string | undefined;
  isWide?: boolean;
  children: ReactNode;
}>) {
  return (
    <div className={cx("min-w-0", isWide && "max-md:col-span-2")}>
      <label htmlFor={id} className="mb-0.5 block text-xs font-medium text-muted md:sr-only">
        {label}
      </label>
      {children}
      {error && (
        <p id={`${id}-error`} className="mt-0.5 text-xs font-medium text-danger">
          ✕ {error}
        </p>
      )}
    </div>
  );
}
