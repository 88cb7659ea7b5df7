"use server";

import { revalidatePath } from "next/cache";
import type { FormState } from "@/components/form/form-state";
import { formAction } from "./form-action";
import { changeOwnPassword, createUser, setActive, setPassword, setRole } from "./mutations";
import { ChangeOwnPassword, CreateUser, SetActive, SetPassword, SetRole } from "./schema";

const create = formAction("user.create", CreateUser, async ({ actor, input, requestId }) => {
  await createUser(actor, input, requestId);
  revalidatePath("/quan-tri");

  return { message: `Đã tạo tài khoản ${input.username}.` };
});

export async function createUserAction(previous: FormState, data: FormData): Promise<FormState> {
  return await withoutPasswords(create(previous, data));
}

const password = formAction("user.setPassword", SetPassword, async ({ actor, input, requestId }) => {
  await setPassword(actor, input, requestId);

  return { message: "Đã đặt mật khẩu mới. Người này phải đăng nhập lại và đổi mật khẩu." };
});

export async function setPasswordAction(previous: FormState, data: FormData): Promise<FormState> {
  return await withoutPasswords(password(previous, data));
}

const role = formAction("user.setRole", SetRole, async ({ actor, input, requestId }) => {
  await setRole(actor, input, requestId);
  revalidatePath("/quan-tri");

  return { message: "Đã đổi vai trò. Người này phải đăng nhập lại." };
});

export async function setRoleAction(previous: FormState, data: FormData): Promise<FormState> {
  return await role(previous, data);
}

const active = formAction("user.setActive", SetActive, async ({ actor, input, requestId }) => {
  await setActive(actor, input, requestId);
  revalidatePath("/quan-tri");

  return { message: input.active ? "Đã mở lại tài khoản." : "Đã khoá tài khoản." };
});

export async function setActiveAction(previous: FormState, data: FormData): Promise<FormState> {
  return await active(previous, data);
}

const own = formAction("user.changePassword", ChangeOwnPassword, async ({ actor, input, requestId }) => {
  await changeOwnPassword(actor, input, requestId);

  return { message: "Đã đổi mật khẩu. Các phiên đang mở đã kết thúc; hãy đăng nhập lại." };
});

export async function changeOwnPasswordAction(previous: FormState, data: FormData): Promise<FormState> {
  return await withoutPasswords(own(previous, data));
}

/** Passwords never travel back to the page. */
async function withoutPasswords(pending: Promise<FormState>): Promise<FormState> {
  const state = await pending;
  const { password: _password, current: _current, repeat: _repeat, ...values } = state.values ?? {};

  return { ...state, values };
}
