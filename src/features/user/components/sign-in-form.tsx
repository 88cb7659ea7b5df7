"use client";

import { signIn } from "next-auth/react";
import { Form } from "@/components/form/form";
import type { FormState } from "@/components/form/form-state";
import { SubmitButton } from "@/components/form/submit-button";
import { TextField } from "@/components/form/text-field";

// One sentence for a wrong name, a wrong password and a locked account: it tells a guesser nothing.
const REFUSAL =
  "Tên đăng nhập hoặc mật khẩu không đúng. Sau năm lần sai liên tiếp, tài khoản tạm khoá 15 phút; nếu quên mật khẩu, hãy báo quản trị.";

async function send(_previous: FormState, data: FormData): Promise<FormState> {
  const username = String(data.get("username") ?? "");
  const password = String(data.get("password") ?? "");
  const fieldErrors: Record<string, string> = {};
  if (username.trim() === "") fieldErrors.username = "Hãy nhập tên đăng nhập.";
  if (password === "") fieldErrors.password = "Hãy nhập mật khẩu.";
  if (Object.keys(fieldErrors).length > 0) {
    return { status: "error", message: "Chưa đăng nhập được.", fieldErrors, values: { username } };
  }

  const answer = await signIn("credentials", { username, password, redirect: false });
  if (!answer?.ok) {
    return {
      status: "error",
      message: REFUSAL,
      values: { username },
    };
  }

  // A full load, so that nothing of an earlier session stays in the browser's memory.
  window.location.assign("/");

  return { status: "success" };
}

/** Sign-in by user name and password. */
export function SignInForm() {
  return (
    <Form action={send} label="Đăng nhập">
      <TextField name="username" label="Tên đăng nhập" autoComplete="username" autoFocus maxLength={100} />
      <TextField
        name="password"
        label="Mật khẩu"
        type="password"
        autoComplete="current-password"
        maxLength={200}
      />
      <SubmitButton pendingLabel="Đang đăng nhập…">Đăng nhập</SubmitButton>
    </Form>
  );
}
