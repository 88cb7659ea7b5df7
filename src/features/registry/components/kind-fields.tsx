"use client";

import { CheckboxField, RadioGroupField } from "@/components/form/choice-fields";
import { ComboBox } from "@/components/form/combo-box";
import { SelectField } from "@/components/form/select-field";
import { TextField } from "@/components/form/text-field";
import { CITIZEN_VARIANT_NAMES, CITIZEN_VARIANTS } from "@/domain/title/title";
import {
  DIGITAL_SKILL_NAMES,
  DIGITAL_SKILLS,
  HAMLET_KINDS,
  ORGANISATION_KIND_NAMES,
  ORGANISATION_KINDS,
  ORGANISATION_LEVEL_NAMES,
  ORGANISATION_LEVELS,
  POVERTY_LEVELS,
  POVERTY_NAMES,
  SEX_NAMES,
  SEXES,
} from "../constants";

type Choice = Readonly<{ id: string; name: string }>;

/** The stored facts of an entry as the values of its form, by field. */
export type FormValues = Readonly<Record<string, string | boolean | null | undefined>>;

const text = (values: FormValues, field: string) => {
  const value = values[field];

  return typeof value === "string" ? value : undefined;
};
const isOn = (values: FormValues, field: string) => values[field] === true;
const optionsOf = <Code extends string>(codes: readonly Code[], names: Readonly<Record<Code, string>>) =>
  codes.map((code) => ({ value: code, label: names[code] }));
const choicesOf = (choices: readonly Choice[]) => choices.map(({ id, name }) => ({ value: id, label: name }));

/** What is asked of a household beside its head, its hamlet and its members. */
export function HouseholdFields({
  values = {},
  clans,
  onHeadBirthYear,
}: Readonly<{
  values?: FormValues;
  clans: readonly Choice[];
  onHeadBirthYear?: (text: string) => void;
}>) {
  return (
    <>
      <TextField
        name="headBirthYear"
        label="Năm sinh chủ hộ"
        hint="Bốn chữ số; giúp phân biệt các chủ hộ trùng tên."
        isOptional
        inputMode="numeric"
        width="tiny"
        maxLength={4}
        defaultValue={text(values, "headBirthYear")}
        {...(onHeadBirthYear ? { onChange: onHeadBirthYear } : {})}
      />
      <TextField
        name="address"
        label="Địa chỉ"
        hint="Số nhà, ngõ, đường hoặc xóm; không ghi lại tên thôn, xã."
        isOptional
        width="full"
        defaultValue={text(values, "address")}
      />
      <ComboBox
        name="clanId"
        label="Dòng họ"
        hint={clans.length === 0 ? "Xã chưa ghi dòng họ nào vào sổ." : "Gõ để tìm trong các dòng họ của xã."}
        isOptional
        options={choicesOf(clans)}
        defaultValue={text(values, "clanId")}
      />
      <RadioGroupField
        name="poverty"
        label="Diện hộ"
        defaultValue={text(values, "poverty") ?? "NONE"}
        options={optionsOf(POVERTY_LEVELS, POVERTY_NAMES)}
      />
      <div>
        <CheckboxField
          name="isAssociationMember"
          label="Gia đình hội viên Hội Khuyến học"
          defaultChecked={isOn(values, "isAssociationMember")}
        />
        <CheckboxField
          name="hasSchoolAgeChildren"
          label="Có con trong độ tuổi đi học"
          defaultChecked={isOn(values, "hasSchoolAgeChildren")}
        />
      </div>
    </>
  );
}

/** What is asked of a citizen beside name, household and hamlet. */
export function CitizenFields({
  values = {},
  organisations,
  onBirthYear,
}: Readonly<{
  values?: FormValues;
  organisations: readonly Choice[];
  onBirthYear?: (text: string) => void;
}>) {
  return (
    <>
      <TextField
        name="birthYear"
        label="Năm sinh"
        hint="Bốn chữ số, ví dụ 1985"
        inputMode="numeric"
        width="tiny"
        maxLength={4}
        defaultValue={text(values, "birthYear")}
        {...(onBirthYear ? { onChange: onBirthYear } : {})}
      />
      <RadioGroupField
        name="sex"
        label="Giới tính"
        isInline
        defaultValue={text(values, "sex")}
        options={optionsOf(SEXES, SEX_NAMES)}
      />
      <RadioGroupField
        name="variant"
        label="Mẫu phiếu theo nghề nghiệp"
        hint="Quyết định bộ tiêu chí Công dân học tập dùng để chấm."
        defaultValue={text(values, "variant")}
        options={optionsOf(CITIZEN_VARIANTS, CITIZEN_VARIANT_NAMES)}
      />
      <CheckboxField
        name="isWorker"
        label="Là người lao động"
        hint="Đang làm việc, kể cả làm nông nghiệp hoặc lao động tự do."
        defaultChecked={isOn(values, "isWorker")}
      />
      <ComboBox
        name="organisationId"
        label="Đơn vị đang làm việc, học tập"
        hint={
          organisations.length === 0 ? "Xã chưa ghi đơn vị nào vào sổ." : "Gõ để tìm trong các đơn vị của xã."
        }
        isOptional
        options={choicesOf(organisations)}
        defaultValue={text(values, "organisationId")}
      />
      <SelectField
        name="digitalSkill"
        label="Kỹ năng số"
        placeholder={null}
        defaultValue={text(values, "digitalSkill") ?? "NONE"}
        options={optionsOf(DIGITAL_SKILLS, DIGITAL_SKILL_NAMES)}
      />
    </>
  );
}

/** What is asked of a clan beside its name and seat. */
export function ClanFields({ values = {} }: Readonly<{ values?: FormValues }>) {
  return (
    <>
      <TextField
        name="headName"
        label="Trưởng họ hoặc người đại diện"
        isOptional
        defaultValue={text(values, "headName")}
      />
      <CheckboxField
        name="isPromotion"
        label="Là dòng họ khuyến học"
        hint="Đã được công nhận Dòng họ khuyến học hoặc có ban khuyến học hoạt động."
        defaultChecked={isOn(values, "isPromotion")}
      />
    </>
  );
}

/** What is asked of an organisation beside its name; it stands in the commune. */
export function OrganisationFields({ values = {} }: Readonly<{ values?: FormValues }>) {
  return (
    <>
      <SelectField
        name="kind"
        label="Loại đơn vị"
        defaultValue={text(values, "kind")}
        options={optionsOf(ORGANISATION_KINDS, ORGANISATION_KIND_NAMES)}
      />
      <SelectField
        name="level"
        label="Cấp quản lý"
        placeholder={null}
        defaultValue={text(values, "level") ?? "COMMUNE"}
        options={optionsOf(ORGANISATION_LEVELS, ORGANISATION_LEVEL_NAMES)}
      />
    </>
  );
}

/** What is asked of a hamlet beside its name. */
export function HamletFields({ values = {} }: Readonly<{ values?: FormValues }>) {
  return (
    <SelectField
      name="kind"
      label="Loại"
      width="short"
      placeholder={null}
      defaultValue={text(values, "kind") ?? "Thôn"}
      options={HAMLET_KINDS.map((kind) => ({ value: kind, label: kind }))}
    />
  );
}
