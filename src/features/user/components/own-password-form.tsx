"use client";

import { signOut } from "next-auth/react";
import { Form } from "@/components/form/form";
import { FormActions, SubmitButton } from "@/components/form/submit-button";
import { TextField } from "@/components/form/text-field";
import { changeOwnPasswordAction } from "../actions";

/** Changes the own password and signs out everywhere. */
export function OwnPasswordForm() {
  return (
    <Form
      action={changeOwnPasswordAction}
      label="Đổi mật khẩu"
      onSuccess={() => void signOut({ callbackUrl: "/dang-nhap" })}
    >
      <TextField
        name="current"
        label="Mật khẩu đang dùng"
        type="password"
        autoComplete="current-password"
        maxLength={200}
      />
      <TextField
        name="password"
        label="Mật khẩu mới"
        hint="Ít nhất 10 ký tự. Một câu dễ nhớ là tốt nhất."
        type="password"
        autoComplete="new-password"
        maxLength={200}
      />
      <TextField
        name="repeat"
        label="Nhập lại mật khẩu mới"
        type="password"
        autoComplete="new-password"
        maxLength={200}
      />
      <p className="text-sm text-muted">
        Đổi xong, mọi phiên đang mở kết thúc và anh/chị đăng nhập lại bằng mật khẩu mới.
      </p>
      <FormActions>
        <SubmitButton>Đổi mật khẩu</SubmitButton>
      </FormActions>
    </Form>
  );
}
