import { Form } from "@/components/form/form";
import { NumberField } from "@/components/form/number-field";
import { SelectField } from "@/components/form/select-field";
import { FormActions, SubmitButton } from "@/components/form/submit-button";
import { TextField } from "@/components/form/text-field";
import { formatCount } from "@/lib/format/number";
import { capitalised } from "@/lib/text/name";
import { saveFiguresAction } from "../actions";
import type { FigureField } from "../constants";
import { INDICATOR_FIELDS, RECOGNISED_FIELDS, TOTAL_FIELDS } from "../constants";
import type { UnitYearFigures } from "../types";

type Known = Readonly<{ key: string; value: number | null; version: number }>;

/** The official figures of one unit and year. Every field may stay empty; an emptied one withdraws its figure. */
export function FigureForm({
  unitId,
  year,
  known,
  register,
}: Readonly<{ unitId: number; year: number; known: readonly Known[]; register: UnitYearFigures }>) {
  const base = Object.fromEntries(known.map(({ key, value, version }) => [key, { value, version }]));
  const field = (one: FigureField) => (
    <Entry key={one.key} field={one} value={base[one.key]?.value ?? null} register={register} />
  );

  return (
    <Form
      action={saveFiguresAction}
      hidden={{ unitId, year, base: JSON.stringify(base) }}
      label={`Số chính thức năm ${year}`}
    >
      <p className="max-w-prose text-sm text-muted">
        Ô nào chưa có số thì để trống. Xoá trắng một ô là rút số đã nhập.
      </p>
      <fieldset className="grid gap-5 md:grid-cols-2">
        <legend className="mb-3 font-semibold">Tổng số chính thức</legend>
        {TOTAL_FIELDS.map(field)}
      </fieldset>
      <fieldset className="grid gap-5 md:grid-cols-2">
        <legend className="mb-1 font-semibold">Kết quả công nhận đã báo cáo</legend>
        <p className="max-w-prose text-sm text-muted md:col-span-2">
          Chỉ dùng cho năm chưa quản lý bằng phần mềm. Mô hình đã có đăng ký trong năm thì luôn tính theo hồ
          sơ, không theo số nhập ở đây.
        </p>
        {RECOGNISED_FIELDS.map(field)}
      </fieldset>
      <details>
        <summary className="py-2 text-accent">Số liệu của các chỉ tiêu khác</summary>
        <div className="mt-3 flex flex-col gap-6">
          {INDICATOR_FIELDS.map(({ code, name, fields }) => (
            <fieldset key={code} className="grid gap-4 border-l-2 border-line pl-4 md:grid-cols-2">
              <legend className="mb-2 font-semibold">{name}</legend>
              {fields.map(field)}
            </fieldset>
          ))}
        </div>
      </details>
      <TextField
        name="source"
        label="Nguồn của các số vừa nhập hoặc sửa"
        hint="Tên văn bản, báo cáo hoặc niên giám; ví dụ “Báo cáo 45/BC-HKH ngày 20/12/2024”."
        maxLength={300}
      />
      <FormActions>
        <SubmitButton pendingLabel="Đang lưu…">Lưu số liệu năm {year}</SubmitButton>
      </FormActions>
    </Form>
  );
}

function Entry({
  field,
  value,
  register,
}: Readonly<{ field: FigureField; value: number | null; register: UnitYearFigures }>) {
  const counter = field.counter as keyof UnitYearFigures["counters"] | undefined;
  const counted = counter && register.isCounted ? register.counters[counter] : undefined;

  if (field.isYesNo) {
    return (
      <SelectField
        name={field.key}
        label={field.label}
        width="short"
        placeholder={null}
        defaultValue={value === null ? "" : String(value)}
        options={[
          { value: "", label: "Chưa nhập" },
          { value: "1", label: "Đã được công nhận" },
          { value: "0", label: "Chưa được công nhận" },
        ]}
      />
    );
  }

  return (
    <NumberField
      name={field.key}
      label={capitalised(field.label)}
      hint={counted === undefined ? undefined : `Trong sổ theo dõi: ${formatCount(counted)}`}
      isInteger
      width="short"
      defaultValue={value === null ? "" : String(value)}
    />
  );
}
