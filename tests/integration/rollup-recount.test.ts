import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { beforeAll, describe, expect, it } from "vitest";
import { TYPESCRIPT_FLAGS } from "../../scripts/lib/environment.mjs";
import { buildReference, buildRound, buildUnit, ownerSql } from "../setup/builders";
import { testDatabase } from "../setup/database";
import { populate } from "../setup/population";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
let hamlet: number;

beforeAll(async () => {
  await buildReference();
  const province = await buildUnit({ level: "PROVINCE" });
  await buildRound({ unitId: province, year: 2024 });
  const communeId = await buildUnit({ level: "COMMUNE", parentId: province });
  hamlet = await buildUnit({ level: "HAMLET", parentId: communeId, name: "Thôn Đếm Lại" });
  await populate({ communeId, hamletIds: [hamlet], households: 8, years: [2024], seed: 3 });
});

/** A command as an operator runs it. */
async function command(
  name: string,
  ...rest: string[]
): Promise<{ code: number; output: string; figures: unknown }> {
  const { ownerUrl, dataDir } = testDatabase();
  const json = path.join(dataDir, `${name}.json`);
  const args = [...TYPESCRIPT_FLAGS, `scripts/commands/${name}.ts`, "--json", json, ...rest];
  const run = promisify(execFile)(process.execPath, args, {
    cwd: ROOT,
    env: { ...process.env, DATABASE_URL: ownerUrl },
  });
  const { code, stdout } = await run.then(
    ({ stdout: text }) => ({ code: 0, stdout: text }),
    (error: { code: number; stdout: string }) => error,
  );

  return { code, output: stdout, figures: JSON.parse(await readFile(json, "utf8")) };
}

describe("npm run recount", () => {
  it("finds everything in order and writes nothing", async () => {
    const before = await ownerSql("SELECT * FROM unit_year ORDER BY unit_id, year");
    const { code, output, figures } = await command("recount");
    expect([code, output]).toEqual([0, expect.stringMatching(/^khớp: \d+ dòng/)]);
    expect(figures).toMatchObject({ rows: before.length, differences: [] });
    expect(await ownerSql("SELECT * FROM unit_year ORDER BY unit_id, year")).toEqual(before);
  });

  it("names the unit, the year and both numbers of a counter that is wrong", async () => {
    await ownerSql(
      "UPDATE unit_year SET family_total = family_total + 5 WHERE unit_id = $1 AND year = 2024",
      [hamlet],
    );
    const { code, output, figures } = await command("recount");
    expect(code).toBe(1);
    expect(output).toContain(`Thôn Đếm Lại (${hamlet}), năm 2024: family_total ghi 13, đếm 8`);
    expect(figures).toMatchObject({
      differences: [{ unitId: hamlet, year: 2024, counters: { family_total: { stored: 13, counted: 8 } } }],
    });
  });

  it("finds a row that nothing is behind, and one that is missing", async () => {
    await ownerSql("UPDATE unit_year SET family_total = 8 WHERE unit_id = $1 AND year = 2024", [hamlet]);
    await ownerSql("DELETE FROM unit_year WHERE unit_id = $1", [hamlet]);
    const empty = await buildUnit({ level: "HAMLET", name: "Thôn Trống" });
    await ownerSql("INSERT INTO unit_year (unit_id, year, clan_total) VALUES ($1, 2024, 4)", [empty]);
    const { code, output } = await command("recount");
    expect(code).toBe(1);
    expect(output).toContain("Thôn Đếm Lại");
    expect(output).toContain("Thôn Trống");
  });
});

describe("npm run bench:rollup", () => {
  it("measures in a database of its own, which is gone afterwards", async () => {
    const size = ["--households", "60", "--leaves", "4", "--repeats", "1"];
    const { code, output, figures } = await command("bench-rollup", ...size);
    expect([code, output]).toEqual([0, expect.stringContaining("nhanh hơn")]);
    expect(figures).toMatchObject({
      rows: { household: 60, citizen: 180, leaves: 4 },
      write: { assessment: { rows: 180, leaves: 4, ratio: expect.any(Number) } },
    });
    expect(await ownerSql("SELECT datname FROM pg_database WHERE datname LIKE 'bench_rollup%'")).toEqual([]);
  });
});
