"use client";

import { useState } from "react";
import { SelectField } from "@/components/form/select-field";
import { TextField } from "@/components/form/text-field";
import { HAMLET_KINDS, NEW_HAMLET } from "../constants";

/** The hamlet in which an entry stands; one that is missing can be made on the way. */
export function PlaceField({
  label = "Thôn, tổ dân phố",
  hamlets,
  defaultValue,
  onChange,
}: Readonly<{
  label?: string;
  hamlets: readonly Readonly<{ id: number; name: string }>[];
  defaultValue?: string;
  onChange?: (value: string) => void;
}>) {
  const [value, setValue] = useState(defaultValue ?? "");

  return (
    <>
      <SelectField
        name="hamletId"
        label={label}
        defaultValue={defaultValue}
        options={[
          ...hamlets.map(({ id, name }) => ({ value: String(id), label: name })),
          { value: NEW_HAMLET, label: "+ Thôn chưa có trong danh sách…" },
        ]}
        onChange={(next) => {
          setValue(next);
          onChange?.(next);
        }}
      />
      {value === NEW_HAMLET && (
        <div className="flex flex-wrap gap-4 border-l-4 border-line pl-4">
          <SelectField
            name="hamletKind"
            label="Loại"
            width="short"
            placeholder={null}
            options={HAMLET_KINDS.map((kind) => ({ value: kind, label: kind }))}
          />
          <TextField
            name="hamletName"
            label="Tên thôn mới"
            hint="Thôn mới được ghi vào sổ cộng đồng của xã cùng lúc."
            maxLength={200}
          />
        </div>
      )}
    </>
  );
}
