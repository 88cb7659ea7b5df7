import { createHash } from "node:crypto";
import path from "node:path";
import type pg from "pg";
import type { CommandEnvironment } from "../../lib/environment.mjs";
import { startWorker } from "../../lib/worker.mjs";
import type { Asked } from "../bench/import-drive";
import { openDrive } from "../bench/import-drive";
import { writeList } from "../bench/import-list";
import { buildTown } from "../bench/import-world";
import { randomOf } from "../demo/random";

export type FireSize = Readonly<{ rows: number; hamlets: number; kills: number; seed: string }>;

export type FireResult = Readonly<{
  rows: number;
  kills: number;
  /** how many of them hit a worker that was at something */
  hits: number;
  calmSeconds: number;
  calm: string;
  fire: string;
  /** how often something half done was seen while the workers were killed */
  halves: number;
  differences: number;
}>;

/**
 * Imports one list with bad rows twice, into two communes: once undisturbed, once with the worker killed outright at random
 * moments spread over the time the undisturbed run took, each time begun anew by the next worker. Both must end with the same.
 */
export async function importUnderFire(
  db: pg.Client,
  env: CommandEnvironment,
  { rows, hamlets, kills, seed }: FireSize,
): Promise<FireResult> {
  const file = path.join(env.DATA_DIR, "fire.xlsx");
  const stored = await writeList(file, { rows, hamlets, badPercent: 1, seed });
  const worker = startWorker(env, { quiet: true, mostPauseMs: 100 });
  try {
    const calmTown = await buildTown(db, hamlets);
    const calm = await openDrive(db, calmTown, env.DATA_DIR);
    const from = performance.now();
    const batch = await calm.bring(file, stored);
    const looking = await calm.until(batch, "LOOKED");
    const checking = await calm.until(await calm.check(batch.batchId), "CHECKED");
    const writing = await calm.until(await calm.write(batch.batchId), "WRITTEN");
    const calmSeconds = (performance.now() - from) / 1000;
    const calmDigest = await digestOf(db, calmTown.communeId);
    const whole = await countOf(db, calmTown.communeId);
    // Another commune may not hold the same people's numbers.
    await db.query("DELETE FROM identity_number");

    const fireTown = await buildTown(db, hamlets);
    const fire = await openDrive(db, fireTown, env.DATA_DIR);
    const random = randomOf(seed);
    const killer = { hits: 0, done: 0, halves: 0 };
    const underFire = async (
      asked: Asked,
      state: string,
      stage: Readonly<{ seconds: number; kills: number }>,
    ) => {
      for (let shot = 0; shot < stage.kills; shot++) {
        // At a moment of the work itself: a worker that is only starting has nothing to lose. Not to its very last moment, because
        // a stage that comes to its end takes the rest of the shots away.
        const isAtWork = await waitUntil(() => isWorking(db, asked.batchId), 60_000);
        await new Promise((resolve) => setTimeout(resolve, random.next() * stage.seconds * 500));
        if (!isAtWork || (await fire.row(asked.batchId)).state === state) break;
        const pid = worker.pid();
        if (pid === undefined) continue;
        if (await isWorking(db, asked.batchId)) killer.hits += 1;
        process.kill(pid, "SIGKILL");
        killer.done += 1;
        // What the dead one held is free again, and nothing of it is there.
        await waitUntil(async () => !(await isWorking(db, asked.batchId)), 10_000);
        const standing = state === "UNDONE" ? whole : 0;
        if (
          (await fire.row(asked.batchId)).state !== state &&
          (await countOf(db, fireTown.communeId)) !== standing
        ) {
          killer.halves += 1;
        }
      }
      await fire.until(asked, state);
    };
    let asked = await fire.bring(file, stored);
    await underFire(asked, "LOOKED", { seconds: looking, kills: 1 });
    const half = Math.floor((kills - 1) / 2);
    await underFire(await fire.check(asked.batchId), "CHECKED", { seconds: checking, kills: half });
    await underFire(await fire.write(asked.batchId), "WRITTEN", {
      seconds: writing,
      kills: kills - killer.done,
    });
    // A stage that came to its end took its shots away: the list is taken back and comes again, under fire as well.
    while (killer.done < kills) {
      await underFire(await fire.undo(asked.batchId), "UNDONE", { seconds: writing, kills: 1 });
      asked = await fire.bring(file, stored);
      await fire.until(asked, "LOOKED");
      await fire.until(await fire.check(asked.batchId), "CHECKED");
      await underFire(await fire.write(asked.batchId), "WRITTEN", {
        seconds: writing,
        kills: kills - killer.done,
      });
    }
    const { rows: differences } = await db.query("SELECT 1 FROM recount_differences()");

    return {
      rows,
      kills: killer.done,
      hits: killer.hits,
      calmSeconds,
      calm: calmDigest,
      fire: await digestOf(db, fireTown.communeId),
      halves: killer.halves,
      differences: differences.length,
    };
  } finally {
    await worker.stop();
  }
}

async function waitUntil(holds: () => Promise<boolean>, limitMs: number): Promise<boolean> {
  const end = performance.now() + limitMs;
  while (performance.now() < end) {
    if (await holds()) return true;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }

  return false;
}

/** A worker holds the batch it is at for as long as it is at it; who works is not shown to every role, what is locked is. */
async function isWorking(db: pg.Client, batchId: string): Promise<boolean> {
  const { rows } = await db.query("SELECT 1 FROM import_batch WHERE id = $1 FOR NO KEY UPDATE SKIP LOCKED", [
    batchId,
  ]);

  return rows.length === 0;
}

async function countOf(db: pg.Client, communeId: number): Promise<number> {
  const { rows } = await db.query<{ count: number }>(
    `SELECT count(*)::int AS count FROM subject s JOIN ancestry a ON a.descendant_id = s.unit_id WHERE a.ancestor_id = $1`,
    [communeId],
  );

  return rows[0]?.count ?? 0;
}

/** Everything the register says of a commune, in order, without ids, numbers and times; one line an entry. */
async function digestOf(db: pg.Client, communeId: number): Promise<string> {
  const { rows } = await db.query<{ line: string }>(
    `SELECT concat_ws('|', s.title, u.name, s.name, s.version, s.active_from, h.head_birth_year, c.birth_year, c.sex, c.variant, c.is_worker,
                      c.digital_skill, hs.name, (SELECT count(*) FROM subject_home x WHERE x.subject_id = s.id),
                      (SELECT count(*) FROM subject_change x WHERE x.subject_id = s.id)) AS line
       FROM subject s JOIN ancestry a ON a.descendant_id = s.unit_id AND a.ancestor_id = $1 JOIN unit u ON u.id = s.unit_id
       LEFT JOIN household h ON h.subject_id = s.id LEFT JOIN citizen c ON c.subject_id = s.id LEFT JOIN subject hs ON hs.id = c.household_id
      ORDER BY 1`,
    [communeId],
  );
  const hash = createHash("sha256");
  for (const { line } of rows) hash.update(`${line}\n`);

  return `${rows.length}:${hash.digest("hex")}`;
}
