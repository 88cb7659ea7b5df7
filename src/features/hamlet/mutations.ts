import "server-only";
import type { Actor } from "@/domain/access/access";
import { journal } from "@/features/registry/mutations/journal";
import { hamletName } from "@/features/registry/utils";
import { assertCan } from "@/features/user/guard";
import { mutate } from "@/lib/db/scope";
import { AppError } from "@/lib/errors/app-error";
import { findHamlet, listNames } from "./data";
import { assertDay, assertFreeName, lockHamlet } from "./mutations/shared";
import type { ClassifyHamlet, RenameHamlet } from "./schema";

/**
 * Gives a hamlet another name or kind from a day on; earlier years keep the earlier name.
 * @throws AppError NOT_FOUND, INVALID (day, a name that another hamlet has)
 */
export async function renameHamlet(
  actor: Actor,
  input: RenameHamlet,
  requestId: string,
): Promise<{ hamletId: number }> {
  const step = { requestId, actorId: actor.id, verb: "hamlet.rename" };

  return await mutate(actor, step, async (tx, log) => {
    const hamlet = await lockHamlet(tx, actor, input.hamletId);
    const name = hamletName(input.kind, input.name);
    const [present] = await listNames(tx, hamlet.id);
    await assertDay(tx, input.on, present?.validFrom ?? hamlet.validFrom);
    await assertFreeName(tx, { communeId: hamlet.commune.id, name, except: [hamlet.id], field: "name" });

    await tx.$queryRaw`SELECT hamlet_rename(${hamlet.id}::int, ${name}, ${input.kind}, ${input.on}::date)::text`;
    const { community } = hamlet;
    if (community) {
      await journal(tx, step, [community.id], async () => {
        await tx.$executeRaw`
          UPDATE subject SET name = ${name}, version = version + 1, updated_at = now() WHERE id = ${community.id}::uuid`;
      });
    }
    log(hamlet.commune.id, {
      type: "unit",
      id: String(hamlet.id),
      detail: { from: hamlet.name, to: name, on: input.on },
    });

    return { hamletId: hamlet.id };
  });
}

/** Says for one year whether a hamlet is specially difficult (thôn đặc biệt khó khăn): lower targets bind there. @throws AppError NOT_FOUND */
export async function classifyHamlet(
  actor: Actor,
  input: ClassifyHamlet,
  requestId: string,
): Promise<{ changed: boolean }> {
  return await mutate(actor, { requestId, verb: "hamlet.classify" }, async (tx, log) => {
    const hamlet = await findHamlet(tx, input.hamletId);
    if (!hamlet) throw new AppError({ code: "NOT_FOUND" });
    await assertCan(tx, actor, "registry.write", hamlet.id);
    const [row] = await tx.$queryRaw<{ changed: boolean }[]>`
      SELECT hamlet_classify(${hamlet.id}::int, ${input.year}::int, ${input.isDifficult}) AS changed`;
    const changed = row?.changed ?? false;
    if (changed) {
      log(hamlet.commune.id, {
        type: "unit",
        id: String(hamlet.id),
        detail: { year: input.year, isDifficult: input.isDifficult },
      });
    }

    return { changed };
  });
}
