import { randomBytes } from "node:crypto";
import pg from "pg";
import { expect, it } from "vitest";
import { importUnderFire } from "../../scripts/commands/fault/import-fire";
import { testDatabase } from "../setup/database";

/** The same at 100,000 rows: `npm run fault:import`. */
const ROWS = 2_000;
const KILLS = 20;
/** Each kill costs the start of a process; a machine with other work is slow, not wrong. */
const UNHURRIED_MS = 1_200_000;

it(
  `ends with the same content after ${KILLS} kills of the worker as after none`,
  async () => {
    const { ownerUrl, appUrl, dataDir } = testDatabase();
    const db = new pg.Client({ connectionString: ownerUrl });
    await db.connect();
    const seed = randomBytes(6).toString("hex");
    try {
      const result = await importUnderFire(
        db,
        {
          DATABASE_URL: ownerUrl,
          APP_DATABASE_URL: appUrl,
          AUTH_SECRET: process.env.AUTH_SECRET ?? "",
          IDENTITY_KEY: process.env.IDENTITY_KEY ?? "",
          DATA_DIR: dataDir,
        },
        { rows: ROWS, hamlets: 10, kills: KILLS, seed },
      );
      console.info(
        `seed ${seed}: ${result.kills} kills, ${result.hits} in mid-work, undisturbed ${result.calmSeconds.toFixed(1)} s`,
      );
      expect(result.fire, `seed ${seed}`).toBe(result.calm);
      expect(result).toMatchObject({ halves: 0, differences: 0 });
      expect(result.kills).toBe(KILLS);
      // Not empty: a list of 2,000 rows makes more entries than 1,000.
      expect(Number.parseInt(result.calm, 10)).toBeGreaterThan(ROWS / 2);
    } finally {
      await db.end();
    }
  },
  UNHURRIED_MS,
);
