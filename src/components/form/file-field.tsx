"use client";

import { Camera, FileText, Upload } from "lucide-react";
import { useRef, useState } from "react";
import type { DropItem } from "react-aria-components";
import { DropZone } from "react-aria-components";
import { Button } from "@/components/button";
import { cx } from "@/components/cx";
import { formatBytes } from "@/lib/format/number";
import { useField } from "./form-context";
import { FormField } from "./form-field";
import type { FieldProps } from "./text-field";

/**
 * One or more files: chosen, dropped, or taken with the camera of a phone. Files over `maxBytes` are refused at
 * once with the reason; the server checks again. The form sends them under `name`.
 *
 * @param accept kinds as in an input's `accept`, e.g. `image/*,application/pdf`
 */
export function FileField({
  accept,
  isMultiple = false,
  maxBytes,
  hasCamera = false,
  onFilesChange,
  ...props
}: Omit<FieldProps, "defaultValue" | "isReadOnly" | "width"> &
  Readonly<{
    accept?: string;
    isMultiple?: boolean;
    maxBytes?: number;
    hasCamera?: boolean;
    onFilesChange?: (files: File[]) => void;
  }>) {
  const field = useField(props);
  const input = useRef<HTMLInputElement>(null);
  const [files, setFiles] = useState<File[]>([]);
  const [refused, setRefused] = useState<string[]>([]);
  const error = refused.length > 0 ? refused.join(" ") : field.error;

  function take(chosen: File[]) {
    const fitting = chosen.filter((file) => !maxBytes || file.size <= maxBytes);
    const kept = isMultiple ? fitting : fitting.slice(0, 1);
    setRefused(
      chosen
        .filter((file) => !fitting.includes(file))
        .map((file) => `Tệp ${file.name} nặng ${formatBytes(file.size)}, quá ${formatBytes(maxBytes ?? 0)}.`),
    );
    setFiles(kept);
    onFilesChange?.(kept);
    if (!input.current) return;
    const transfer = new DataTransfer();
    for (const file of kept) transfer.items.add(file);
    input.current.files = transfer.files;
  }

  async function drop(items: DropItem[]) {
    const dropped = items.filter((item) => item.kind === "file").map((item) => item.getFile());
    take(await Promise.all(dropped));
  }

  function open(capture: boolean) {
    if (!input.current) return;
    if (capture) input.current.setAttribute("capture", "environment");
    else input.current.removeAttribute("capture");
    input.current.click();
  }

  const errorId = error ? `${field.id}-error` : undefined;

  return (
    <FormField
      {...field}
      error={error}
      errorId={errorId}
      label={props.label}
      hint={props.hint}
      isOptional={props.isOptional}
    >
      <DropZone
        isDisabled={props.isDisabled}
        onDrop={(event) => void drop(event.items)}
        className={cx(
          "max-w-2xl rounded-md border border-dashed border-field bg-page p-4",
          "has-[input:focus]:outline-3 has-[input:focus]:outline-offset-2 has-[input:focus]:outline-accent data-drop-target:border-solid data-drop-target:border-accent data-drop-target:bg-accent-soft",
        )}
      >
        <input
          {...field.inputProps}
          aria-describedby={[errorId, field.hintId].filter(Boolean).join(" ") || undefined}
          ref={input}
          type="file"
          name={props.name}
          accept={accept}
          multiple={isMultiple}
          disabled={props.isDisabled}
          onChange={(event) => take(Array.from(event.target.files ?? []))}
          className="sr-only"
          tabIndex={-1}
        />
        <div className="flex flex-wrap items-center gap-3">
          <Button
            onPress={() => open(false)}
            isDisabled={props.isDisabled}
            icon={<Upload aria-hidden="true" className="size-4" />}
          >
            {isMultiple ? "Chọn tệp" : "Chọn một tệp"}
          </Button>
          {hasCamera && (
            <Button
              className="md:hidden"
              onPress={() => open(true)}
              isDisabled={props.isDisabled}
              icon={<Camera aria-hidden="true" className="size-4" />}
            >
              Chụp ảnh
            </Button>
          )}
          <span className="hidden text-sm text-muted md:inline">hoặc kéo thả vào khung này</span>
        </div>
        <ul aria-live="polite" className={cx("flex flex-col gap-1 text-sm", files.length > 0 && "mt-3")}>
          {files.map((file) => (
            <li key={`${file.name}-${file.lastModified}`} className="flex min-w-0 items-center gap-2">
              <FileText aria-hidden="true" className="size-4 shrink-0 text-muted" />
              <span className="min-w-0 break-words">{file.name}</span>
              <span className="shrink-0 text-muted">{formatBytes(file.size)}</span>
            </li>
          ))}
        </ul>
      </DropZone>
    </FormField>
  );
}
