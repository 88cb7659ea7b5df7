import "server-only";
import type { Actor } from "@/domain/access/access";
import { today } from "@/features/registry/data/entry";
import { assertCan } from "@/features/user/guard";
import type { Tx } from "@/lib/db/scope";
import { AppError } from "@/lib/errors/app-error";
import { toSearchKey } from "@/lib/text/search-key";
import type { Hamlet } from "../data";
import { findHamlet, listHamletOptions } from "../data";

/** A hamlet that stands and the actor may write. @throws AppError NOT_FOUND, WRONG_STATE (it has ended) */
export async function lockHamlet(tx: Tx, actor: Actor, id: number): Promise<Hamlet> {
  const hamlet = await findHamlet(tx, id);
  if (!hamlet) throw new AppError({ code: "NOT_FOUND" });
  await assertCan(tx, actor, "registry.write", id);
  if (hamlet.validTo !== null) throw new AppError({ code: "WRONG_STATE", detail: "Thôn này đã kết thúc." });

  return hamlet;
}

/** Refuses a day in the future or not after `since` (yyyy-mm-dd). */
export async function assertDay(tx: Tx, on: string, since: string): Promise<void> {
  if (on > (await today(tx))) {
    throw new AppError({ code: "INVALID", fields: { on: "Ngày không được ở tương lai." } });
  }
  if (on <= since) {
    const shown = since.split("-").reverse().join("/");
    throw new AppError({
      code: "INVALID",
      fields: { on: `Ngày phải sau ${shown}, ngày bắt đầu có thôn (hoặc tên) hiện nay.` },
    });
  }
}

/** Refuses a name that another hamlet of the commune has; `field` is where the form shows it. */
export async function assertFreeName(
  tx: Tx,
  wanted: Readonly<{ communeId: number; name: string; except: readonly number[]; field: string }>,
): Promise<void> {
  const hamlets = await listHamletOptions(tx, wanted.communeId, await today(tx));
  const key = toSearchKey(wanted.name);
  if (!hamlets.some(({ id, name }) => !wanted.except.includes(id) && toSearchKey(name) === key)) return;

  throw new AppError({ code: "INVALID", fields: { [wanted.field]: "Xã đã có thôn mang tên này." } });
}
