import { z } from "zod";
import { ROLES } from "@/domain/access/access";

const Password = z
  .string()
  .min(10, "Mật khẩu cần ít nhất 10 ký tự.")
  .max(200, "Mật khẩu quá dài.")
  .refine((value) => value.trim().length >= 10, "Mật khẩu không được toàn dấu cách.");

const UnitId = z.coerce.number({ error: "Hãy chọn đơn vị." }).int().positive("Hãy chọn đơn vị.");
const Version = z.coerce.number().int().positive();

export const CreateUser = z.object({
  username: z
    .string()
    .trim()
    .toLowerCase()
    .regex(
      /^[a-z0-9][a-z0-9._-]{2,49}$/,
      "Tên đăng nhập gồm 3–50 chữ thường không dấu, số, dấu chấm hoặc gạch.",
    ),
  name: z.string().trim().min(2, "Hãy nhập họ tên.").max(100, "Họ tên quá dài.").normalize("NFC"),
  role: z.enum(ROLES, { error: "Hãy chọn vai trò." }),
  unitId: UnitId,
  password: Password,
});
export type CreateUser = z.infer<typeof CreateUser>;

export const SetPassword = z.object({ userId: z.uuid(), password: Password });
export type SetPassword = z.infer<typeof SetPassword>;

export const SetRole = z.object({
  userId: z.uuid(),
  role: z.enum(ROLES, { error: "Hãy chọn vai trò." }),
  unitId: UnitId,
  version: Version,
});
export type SetRole = z.infer<typeof SetRole>;

export const SetActive = z.object({
  userId: z.uuid(),
  active: z.enum(["yes", "no"]).transform((value) => value === "yes"),
  version: Version,
});
export type SetActive = z.infer<typeof SetActive>;

export const ChangeOwnPassword = z
  .object({
    current: z.string().min(1, "Hãy nhập mật khẩu đang dùng."),
    password: Password,
    repeat: z.string(),
  })
  .refine((value) => value.password === value.repeat, {
    path: ["repeat"],
    error: "Hai lần nhập chưa giống nhau.",
  });
export type ChangeOwnPassword = z.infer<typeof ChangeOwnPassword>;
