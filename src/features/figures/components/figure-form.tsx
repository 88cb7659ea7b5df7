import { Form } from "@/components/form/form";
import { NumberField } from "@/components/form/number-field";
import { SelectField } from "@/components/form/select-field";
import { FormActions, SubmitButton } from "@/components/form/submit-button";
import { TITLES } from "@/domain/title/title";
import { formatCount } from "@/lib/format/number";
import { capitalised } from "@/lib/text/name";
import { saveFiguresAction } from "../actions";
import type { FigureField } from "../constants";
import { INDICATOR_FIELDS, LIST_FIELDS, PART_FIELDS, TITLE_ROWS } from "../constants";
import type { UnitYearFigures } from "../types";
import { countedByKey } from "../utils";
import { OriginFields } from "./origin-fields";
import { TitleGrid } from "./title-grid";

type Known = Readonly<{ key: string; value: number | null; version: number }>;

const TITLE_NAMES = Object.fromEntries(TITLE_ROWS.map(({ title }) => [title, TITLES[title].nameVi]));

/** The official figures of one unit and year. Every field may stay empty; an emptied one withdraws its figure. */
export function FigureForm({
  unitId,
  year,
  known,
  register,
}: Readonly<{ unitId: number; year: number; known: readonly Known[]; register: UnitYearFigures }>) {
  const base = Object.fromEntries(known.map(({ key, value, version }) => [key, { value, version }]));
  const values = Object.fromEntries(known.map(({ key, value }) => [key, value]));
  const counted = countedByKey(register, LIST_FIELDS);
  const field = (one: FigureField) => (
    <Entry key={one.key} field={one} value={values[one.key] ?? null} counted={counted[one.key]} />
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
      <fieldset>
        <legend className="mb-1 font-semibold">Năm mô hình</legend>
        <p className="mb-3 max-w-prose text-sm text-muted">
          Tổng số được dùng làm mẫu số. Số đăng ký và số được công nhận chỉ dùng cho năm chưa quản lý bằng
          phần mềm: mô hình đã có đăng ký trong năm thì luôn tính theo hồ sơ.
        </p>
        <TitleGrid values={values} counted={counted} nameVi={TITLE_NAMES} />
      </fieldset>
      <fieldset className="grid gap-5 sm:grid-cols-2 lg:grid-cols-3">
        <legend className="mb-3 font-semibold">Tổng số khác làm mẫu số của kế hoạch</legend>
        {PART_FIELDS.map(field)}
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
      <OriginFields />
      <FormActions>
        <SubmitButton pendingLabel="Đang lưu…">Lưu số liệu năm {year}</SubmitButton>
      </FormActions>
    </Form>
  );
}

function Entry({
  field,
  value,
  counted,
}: Readonly<{ field: FigureField; value: number | null; counted: number | undefined }>) {
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
