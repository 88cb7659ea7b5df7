import "server-only";
import { hash, verify } from "@node-rs/argon2";
import type { Actor, Role } from "@/domain/access/access";
import { ROLE_LEVELS } from "@/domain/access/access";
import { findUnit } from "@/features/territory/data";
import type { Tx } from "@/lib/db/scope";
import { mutate } from "@/lib/db/scope";
import { AppError } from "@/lib/errors/app-error";
import { findOwnHash } from "./data";
import { assertCan } from "./guard";
import type { ChangeOwnPassword, CreateUser, SetActive, SetPassword, SetRole } from "./schema";

/** Memory 19 MiB, two passes: OWASP's first recommendation for argon2id. */
export const ARGON2 = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

/** Makes an account with one role at one unit. Its owner is asked to change the password. @throws AppError DUPLICATE */
export async function createUser(
  actor: Actor,
  input: CreateUser,
  requestId: string,
): Promise<{ userId: string }> {
  const passwordHash = await hash(input.password, ARGON2);

  try {
    return await mutate(actor, { requestId, verb: "user.create" }, async (tx, log) => {
      await assertCan(tx, actor, "user.manage", input.unitId);
      await assertRoleFits(tx, input);
      const rows = await tx.$queryRaw<{ id: string }[]>`
        SELECT user_create(${input.username}, ${input.name}, ${passwordHash}, ${input.role}, ${input.unitId}::int) AS id`;
      const userId = rows[0]?.id ?? "";
      log(input.unitId, { type: "user", id: userId, detail: { role: input.role, unitId: input.unitId } });

      return { userId };
    });
  } catch (error) {
    if (error instanceof AppError && error.code === "DUPLICATE") {
      throw new AppError({
        code: "DUPLICATE",
        detail: "Tên đăng nhập này đã có.",
        fields: { username: "Tên đăng nhập này đã có." },
      });
    }
    throw error;
  }
}

/** Sets another person's password; their open sessions end. */
export async function setPassword(
  actor: Actor,
  input: SetPassword,
  requestId: string,
): Promise<{ userId: string }> {
  const passwordHash = await hash(input.password, ARGON2);

  return await mutate(actor, { requestId, verb: "user.setPassword" }, async (tx, log) => {
    await tx.$queryRaw`SELECT user_set_password(${input.userId}::uuid, ${passwordHash})::text`;
    log(0, { type: "user", id: input.userId });

    return { userId: input.userId };
  });
}

/** Replaces another person's roles by one; their open sessions end. */
export async function setRole(actor: Actor, input: SetRole, requestId: string): Promise<{ userId: string }> {
  return await mutate(actor, { requestId, verb: "user.setRole" }, async (tx, log) => {
    await assertCan(tx, actor, "user.manage", input.unitId);
    await assertRoleFits(tx, input);
    await tx.$queryRaw`SELECT user_set_role(${input.userId}::uuid, ${input.role}, ${input.unitId}::int, ${input.version}::int)::text`;
    log(input.unitId, { type: "user", id: input.userId, detail: { role: input.role, unitId: input.unitId } });

    return { userId: input.userId };
  });
}

/** Closes or opens another person's account; closing ends their sessions. */
export async function setActive(
  actor: Actor,
  input: SetActive,
  requestId: string,
): Promise<{ userId: string }> {
  return await mutate(
    actor,
    { requestId, verb: input.active ? "user.open" : "user.close" },
    async (tx, log) => {
      await tx.$queryRaw`SELECT user_set_active(${input.userId}::uuid, ${input.active}, ${input.version}::int)::text`;
      log(0, { type: "user", id: input.userId });

      return { userId: input.userId };
    },
  );
}

/** Changes the own password; every open session of the account ends, this one included. */
export async function changeOwnPassword(
  actor: Actor,
  input: ChangeOwnPassword,
  requestId: string,
): Promise<{ userId: string }> {
  const stored = await findOwnHash(actor);
  if (stored === undefined || !(await verify(stored, input.current))) {
    throw new AppError({ code: "INVALID", fields: { current: "Mật khẩu đang dùng không đúng." } });
  }
  const passwordHash = await hash(input.password, ARGON2);

  return await mutate(actor, { requestId, verb: "user.changePassword" }, async (tx, log) => {
    await tx.$queryRaw`SELECT user_set_password(${actor.id}::uuid, ${passwordHash})::text`;
    log(0, { type: "user", id: actor.id });

    return { userId: actor.id };
  });
}

/** A role is held at the levels it is made for. @throws AppError INVALID, beside the field */
async function assertRoleFits(tx: Tx, { role, unitId }: { role: Role; unitId: number }): Promise<void> {
  const unit = await findUnit(tx, unitId);
  if (unit && ROLE_LEVELS[role].some((level) => level === unit.level)) return;

  throw new AppError({
    code: "INVALID",
    fields: { unitId: "Vai trò này không giao ở cấp của đơn vị đã chọn." },
  });
}
