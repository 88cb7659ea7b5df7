import { beforeAll, describe, expect, it } from "vitest";
import { Prisma } from "@/generated/prisma/client";
import { readByCursor } from "@/lib/db/cursor";
import { AppError } from "@/lib/errors/app-error";
import { buildHousehold, buildReference, buildUnit, buildUser, ownerSql } from "../setup/builders";

type Row = { id: string; name: string };

const BATCH = 1_000;

function readFamilies(actor: Readonly<{ id: string }>) {
  return readByCursor<Row>(actor, async (query) => {
    await query(
      Prisma.sql`DECLARE families NO SCROLL CURSOR FOR SELECT id, name FROM subject WHERE title = 'FAMILY' ORDER BY name_sort, id`,
    );

    return () => query<Row>(Prisma.sql`FETCH ${Prisma.raw(String(BATCH))} FROM families`);
  });
}

function readOnce<R extends object>(actor: Readonly<{ id: string }>, sql: Prisma.Sql) {
  return readByCursor<R>(actor, async (query) => {
    const rows = await query<R>(sql);

    return async () => rows.splice(0);
  });
}

/** Connections of cursors that are in the middle of something. */
async function busyCursors(): Promise<number> {
  const rows = await ownerSql<{ n: number }>(
    `SELECT count(*)::int AS n FROM pg_stat_activity
      WHERE application_name = 'hieu-hoc-cursor' AND datname = current_database() AND state <> 'idle'`,
  );

  return rows[0]?.n ?? 0;
}

describe("rows through a cursor", () => {
  let officer: Awaited<ReturnType<typeof buildUser>>;
  let neighbour: Awaited<ReturnType<typeof buildUser>>;
  const own = 2_500;

  beforeAll(async () => {
    await buildReference();
    const province = await buildUnit({ level: "PROVINCE" });
    const area = await buildUnit({ level: "REVIEW_AREA", parentId: province });
    const [here, there] = [
      await buildUnit({ level: "COMMUNE", parentId: area }),
      await buildUnit({ level: "COMMUNE", parentId: area }),
    ];
    const hamlet = await buildUnit({ level: "HAMLET", parentId: here });
    const other = await buildUnit({ level: "HAMLET", parentId: there });
    await ownerSql(
      `INSERT INTO subject (title, unit_id, name, active_from)
       SELECT 'FAMILY', $1, 'Hộ Thử ' || n, '2020-01-01' FROM generate_series(1, $2) n`,
      [hamlet, own],
    );
    await buildHousehold({ hamletId: other, name: "Hộ Bên Kia" });
    officer = await buildUser({ role: "COMMUNE_OFFICER", unitId: here });
    neighbour = await buildUser({ role: "COMMUNE_OFFICER", unitId: there });
  });

  it("are all rows the actor may see, once each and in order, and no others", async () => {
    const rows: Row[] = [];
    for await (const row of readFamilies(officer)) rows.push(row);

    expect(rows).toHaveLength(own);
    expect(new Set(rows.map(({ id }) => id)).size).toBe(own);
    expect(rows[0]?.name).toBe("Hộ Thử 1");
    const theirs: Row[] = [];
    for await (const row of readFamilies(neighbour)) theirs.push(row);
    expect(theirs.map(({ name }) => name)).toEqual(["Hộ Bên Kia"]);
  });

  it("give the connection back when nobody reads on", async () => {
    for (let time = 0; time < 9; time++) {
      for await (const row of readFamilies(officer)) {
        expect(row.id).toBeTruthy();
        break;
      }
    }

    expect(await busyCursors()).toBe(0);
  });

  it("are read from one picture of the data", async () => {
    const rows = readFamilies(officer);
    await rows.next();
    await ownerSql("UPDATE subject SET name = 'Hộ Đổi Tên' WHERE name = 'Hộ Thử 2400'");
    const names: string[] = [];
    for await (const { name } of rows) names.push(name);

    expect(names).toContain("Hộ Thử 2400");
    expect(names).not.toContain("Hộ Đổi Tên");
  });

  it("take days as days, whatever the time zone of the machine", async () => {
    const rows = readOnce<{ day: string }>(
      officer,
      Prisma.sql`SELECT (${new Date("2024-12-31")}::date)::text AS day`,
    );

    expect((await rows.next()).value).toEqual({ day: "2024-12-31" });
    await rows.return();
  });

  it("cannot write, and an error gives the connection back too", async () => {
    const writing = readOnce(officer, Prisma.sql`SELECT nextval('subject_number_seq')`);
    await expect(writing.next()).rejects.toThrow();
    const broken = readOnce(officer, Prisma.sql`SELECT 1 / ${0}::int`);
    await expect(broken.next()).rejects.not.toBeInstanceOf(AppError);

    expect(await busyCursors()).toBe(0);
  });

  it("an error in a later batch comes to the reader after the rows before it, and gives the connection back", async () => {
    const rows = readByCursor<{ n: number }>(officer, async (query) => {
      let left = 2;

      return () => query<{ n: number }>(Prisma.sql`SELECT 1 / ${--left}::int AS n`);
    });

    expect((await rows.next()).value).toEqual({ n: 1 });
    await expect(rows.next()).rejects.toThrow();
    expect(await busyCursors()).toBe(0);
  });
});
