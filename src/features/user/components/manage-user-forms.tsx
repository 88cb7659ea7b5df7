"use client";

import { ComboBox } from "@/components/form/combo-box";
import { Form } from "@/components/form/form";
import type { Option } from "@/components/form/select-field";
import { SelectField } from "@/components/form/select-field";
import { FormActions, SubmitButton } from "@/components/form/submit-button";
import { TextField } from "@/components/form/text-field";
import { ConfirmDialog } from "@/components/overlay/confirm-dialog";
import { setActiveAction, setPasswordAction, setRoleAction } from "../actions";
import { roleOptions } from "./create-user-form";

type User = Readonly<{
  id: string;
  name: string;
  isActive: boolean;
  version: number;
  grants: readonly { role: string; unitId: number }[];
}>;

/** Replaces the account's roles by one. */
export function RoleForm({
  user,
  units,
  levels,
}: Readonly<{ user: User; units: readonly Option[]; levels: readonly string[] }>) {
  const held = user.grants[0];

  return (
    <Form action={setRoleAction} label="Đổi vai trò" hidden={{ userId: user.id, version: user.version }}>
      <div className="grid gap-5 md:grid-cols-2">
        <SelectField
          name="role"
          label="Vai trò"
          options={roleOptions(levels)}
          defaultValue={held?.role}
          width="full"
        />
        <ComboBox
          name="unitId"
          label="Đơn vị"
          options={units}
          defaultValue={held && String(held.unitId)}
          width="full"
        />
      </div>
      <p className="text-sm text-muted">Đổi vai trò thì các phiên đang mở của người này kết thúc ngay.</p>
      <FormActions>
        <SubmitButton variant="secondary">Đổi vai trò</SubmitButton>
      </FormActions>
    </Form>
  );
}

/** A new password for somebody who lost theirs. */
export function PasswordForm({ userId }: Readonly<{ userId: string }>) {
  return (
    <Form action={setPasswordAction} label="Đặt lại mật khẩu" hidden={{ userId }} resetOnSuccess>
      <TextField
        name="password"
        label="Mật khẩu mới"
        hint="Ít nhất 10 ký tự. Người dùng sẽ được nhắc đổi; các phiên đang mở kết thúc ngay."
        type="password"
        autoComplete="new-password"
        maxLength={200}
      />
      <FormActions>
        <SubmitButton variant="secondary">Đặt mật khẩu mới</SubmitButton>
      </FormActions>
    </Form>
  );
}

/** Closes or opens the account. */
export function ActiveForm({ user }: Readonly<{ user: User }>) {
  return (
    <ConfirmDialog
      trigger={{
        label: user.isActive ? "Khoá tài khoản…" : "Mở lại tài khoản…",
        variant: user.isActive ? "danger" : "secondary",
      }}
      title={user.isActive ? `Khoá tài khoản của ${user.name}?` : `Mở lại tài khoản của ${user.name}?`}
      description={
        user.isActive
          ? "Người này không đăng nhập được nữa và các phiên đang mở kết thúc ngay. Những gì đã làm vẫn còn trong nhật ký."
          : "Người này đăng nhập lại được với vai trò đang giữ."
      }
      confirmLabel={user.isActive ? "Khoá tài khoản" : "Mở lại tài khoản"}
      tone={user.isActive ? "danger" : "primary"}
      action={setActiveAction}
      hidden={{ userId: user.id, version: user.version, active: user.isActive ? "no" : "yes" }}
    />
  );
}
