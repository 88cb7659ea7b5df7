"use client";

import { ComboBox } from "@/components/form/combo-box";
import { Form } from "@/components/form/form";
import type { Option } from "@/components/form/select-field";
import { SelectField } from "@/components/form/select-field";
import { FormActions, SubmitButton } from "@/components/form/submit-button";
import { TextField } from "@/components/form/text-field";
import type { Role } from "@/domain/access/access";
import { ROLE_LEVELS, ROLE_NAMES, ROLES } from "@/domain/access/access";
import { createUserAction } from "../actions";

/** The roles that can be given at one of the levels. */
export function roleOptions(levels: readonly string[]): readonly Option[] {
  const fits = (role: Role) => ROLE_LEVELS[role].some((level) => levels.includes(level));

  return ROLES.filter(fits).map((role) => ({ value: role, label: ROLE_NAMES[role] }));
}

/** A new account: who, which role, at which unit, and a first password its owner has to change. */
export function CreateUserForm({
  units,
  levels,
}: Readonly<{ units: readonly Option[]; levels: readonly string[] }>) {
  return (
    <Form action={createUserAction} label="Tạo tài khoản" resetOnSuccess>
      <div className="grid gap-5 md:grid-cols-2">
        <TextField name="name" label="Họ và tên" maxLength={100} />
        <TextField
          name="username"
          label="Tên đăng nhập"
          hint="Chữ thường không dấu, ví dụ canbo.tantrao"
          maxLength={50}
          autoComplete="off"
        />
        <SelectField name="role" label="Vai trò" options={roleOptions(levels)} width="full" />
        <ComboBox name="unitId" label="Đơn vị" options={units} width="full" />
        <TextField
          name="password"
          label="Mật khẩu ban đầu"
          hint="Ít nhất 10 ký tự. Người dùng sẽ được nhắc đổi."
          type="password"
          autoComplete="new-password"
          maxLength={200}
        />
      </div>
      <FormActions>
        <SubmitButton>Tạo tài khoản</SubmitButton>
      </FormActions>
    </Form>
  );
}
