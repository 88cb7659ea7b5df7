import { once } from "node:events";
import { createWriteStream } from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { pipeline } from "node:stream/promises";
import { beforeAll, describe, expect, it } from "vitest";
import { registryColumns } from "@/features/data-export/columns";
import { readRegistry } from "@/features/data-export/data/registry";
import { recordExport } from "@/features/data-export/mutations";
import type { RegistryRecord } from "@/features/data-export/types";
import { countFiltered } from "@/features/registry/data/filter";
import { countRows, findPage } from "@/features/registry/data/finding";
import type { RegistryFilter } from "@/features/registry/filter";
import { withScope } from "@/lib/db/scope";
import { openSpreadsheet } from "@/lib/spreadsheet/read";
import { writeWorkbook } from "@/lib/spreadsheet/write";
import {
  buildCitizen,
  buildCriteriaSet,
  buildHousehold,
  buildReference,
  buildRound,
  buildUnit,
  buildUser,
  ownerSql,
} from "../setup/builders";

type Person = Awaited<ReturnType<typeof buildUser>>;

describe("lists of the register taken out", () => {
  let [commune, province, wide] = [0, 0, 0];
  let [officer, neighbour, leader, admin, above] = [] as unknown as [Person, Person, Person, Person, Person];
  const households = 2_300;

  beforeAll(async () => {
    await buildReference();
    province = await buildUnit({ level: "PROVINCE" });
    const area = await buildUnit({ level: "REVIEW_AREA", parentId: province });
    commune = await buildUnit({ level: "COMMUNE", parentId: area, name: "Xã Thử" });
    const other = await buildUnit({ level: "COMMUNE", parentId: area, name: "Xã Bên" });
    const [two, ten] = [
      await buildUnit({ level: "HAMLET", parentId: commune, name: "Thôn 2" }),
      await buildUnit({ level: "HAMLET", parentId: commune, name: "Thôn 10" }),
    ];
    const beyond = await buildUnit({ level: "HAMLET", parentId: other });
    await ownerSql(
      `WITH s AS (INSERT INTO subject (title, unit_id, name, active_from)
         SELECT 'FAMILY', CASE WHEN n % 2 = 0 THEN $1::int ELSE $2::int END, 'Nguyễn Văn Thử', '2020-01-01' FROM generate_series(1, $3::int) n
         RETURNING id, unit_id, number), h AS (
       INSERT INTO household (subject_id, poverty, head_birth_year, address)
         SELECT id, CASE WHEN number % 5 = 0 THEN 'POOR' ELSE 'NONE' END, 1970, '=1+1' FROM s)
       INSERT INTO subject_home (subject_id, unit_id, valid_from) SELECT id, unit_id, '2020-01-01' FROM s`,
      [two, ten, households],
    );
    await buildHousehold({ hamletId: beyond, name: "Hộ Bên Kia" });
    const household = await buildHousehold({ hamletId: two, name: "Hộ Có Người" });
    await buildCitizen({ hamletId: two, householdId: household, birthYear: 1985 });
    officer = await buildUser({ role: "COMMUNE_OFFICER", unitId: commune });
    neighbour = await buildUser({ role: "COMMUNE_OFFICER", unitId: other });
    leader = await buildUser({ role: "PROVINCE_LEADER", unitId: province });
    admin = await buildUser({ role: "PROVINCE_ADMIN", unitId: province });
    wide = await buildWideProvince();
    above = await buildUser({ role: "PROVINCE_LEADER", unitId: wide });
  });

  /** More hamlets than a list walks one by one; some entries are being scored, some have left. */
  async function buildWideProvince(): Promise<number> {
    const whole = await buildUnit({ level: "PROVINCE" });
    const area = await buildUnit({ level: "REVIEW_AREA", parentId: whole });
    const communeId = await buildUnit({ level: "COMMUNE", parentId: area });
    const hamlets: number[] = [];
    for (let n = 1; n <= 110; n++)
      hamlets.push(await buildUnit({ level: "HAMLET", parentId: communeId, name: `Thôn ${n}` }));
    const roundId = await buildRound({ unitId: whole, year: 2025 });
    const setId = await buildCriteriaSet("FAMILY-TEMPLATE-2022", whole);
    await ownerSql(
      `WITH s AS (INSERT INTO subject (title, unit_id, name, active_from, active_to)
         SELECT 'FAMILY', ($1::int[])[1 + n % 110], 'Hộ Thử ' || n % 300, '2020-01-01', CASE WHEN n % 7 = 0 THEN date '2024-06-30' END
           FROM generate_series(1, 1800) n RETURNING id, unit_id, number, active_to), d AS (
       INSERT INTO household (subject_id, poverty) SELECT id, CASE WHEN number % 5 = 0 THEN 'POOR' ELSE 'NONE' END FROM s)
       INSERT INTO subject_home (subject_id, unit_id, valid_from, valid_to) SELECT id, unit_id, '2020-01-01', active_to FROM s`,
      [hamlets],
    );
    await ownerSql(
      `INSERT INTO assessment (subject_id, round_id, title, year, unit_id, commune_id, criteria_set_id, state, is_complete, registered_on)
       SELECT id, $2, 'FAMILY', 2025, unit_id, $3, $4, 'DRAFT', false, '2025-03-01' FROM subject
        WHERE unit_id = ANY ($1) AND number % 3 = 0 AND active_to IS NULL`,
      [hamlets, roundId, communeId, setId],
    );

    return whole;
  }

  const filterOf = (more: Partial<RegistryFilter> = {}): RegistryFilter => ({
    unitId: commune,
    year: 2025,
    title: "FAMILY",
    sort: "hamlet",
    ...more,
  });

  async function all(actor: Person, filter: RegistryFilter): Promise<RegistryRecord[]> {
    const records: RegistryRecord[] = [];
    for await (const record of readRegistry(actor, filter)) records.push(record);

    return records;
  }

  it("have as many rows as the list says, whatever the filter, each once", async () => {
    for (const filter of [
      filterOf(),
      filterOf({ poverty: "POOR" }),
      filterOf({ state: "chua-dang-ky", sort: "name" }),
    ]) {
      const records = await all(officer, filter);

      expect(records.length).toBe(await withScope(officer, (tx) => countFiltered(tx, filter)));
      expect(records.length).toBeGreaterThan(100);
      expect(new Set(records.map(({ number }) => number)).size).toBe(records.length);
    }
    expect((await all(officer, filterOf({ sort: "hamlet" })))[0]?.unitName).toBe("Thôn 2");
  });

  it("have the rows of the pages of the list in the order of the pages", async () => {
    const filters: [Person, RegistryFilter][] = [
      ...(["name", "hamlet", "newest"] as const).flatMap((sort): [Person, RegistryFilter][] => [
        [officer, filterOf({ sort })],
        [officer, filterOf({ sort, poverty: "NONE", state: "chua-dang-ky" })],
        [above, filterOf({ sort, unitId: wide })],
        [above, filterOf({ sort, unitId: wide, poverty: "POOR" })],
        [above, filterOf({ sort, unitId: wide, state: "dang-cham" })],
        [above, filterOf({ sort, unitId: wide, state: "chua-dang-ky" })],
        [above, filterOf({ sort, unitId: wide, isClosed: true })],
      ]),
      [officer, filterOf({ title: "CITIZEN" })],
    ];
    for (const [actor, filter] of filters) {
      const shown: number[] = [];
      for (let after: string | undefined, hasNext = true; hasNext; ) {
        const page = await withScope(actor, (tx) => findPage(tx, filter, { after, limit: 700 }));
        shown.push(...page.rows.map(({ number }) => number));
        after = page.rows.at(-1)?.id;
        hasNext = page.hasNext;
      }
      const taken = (await all(actor, filter)).map(({ number }) => Number(number));

      expect(shown.length, JSON.stringify(filter)).toBeGreaterThan(0);
      expect(taken, JSON.stringify(filter)).toEqual(shown);
      expect(await withScope(actor, (tx) => countRows(tx, filter))).toBe(shown.length);
      expect(await withScope(actor, (tx) => countFiltered(tx, filter))).toBe(shown.length);
    }
  });

  it("hold the facts of each kind of entry", async () => {
    const [citizen] = await all(officer, filterOf({ title: "CITIZEN" }));

    expect(citizen).toMatchObject({
      birthYear: 1985,
      sex: "FEMALE",
      householdName: "Hộ Có Người",
      hasIdentity: false,
      communeName: "Xã Thử",
    });
  });

  it("name nothing that the reader may not read: numbers of identity, clans and scores of elsewhere", async () => {
    const [home, beyond] = await Promise.all([
      ownerSql<{ unit_id: number }>("SELECT unit_id FROM subject WHERE name = 'Hộ Có Người'"),
      ownerSql<{ unit_id: number }>("SELECT unit_id FROM subject WHERE name = 'Hộ Bên Kia'"),
    ]);
    const [hamlet, farHamlet] = [home[0]?.unit_id ?? 0, beyond[0]?.unit_id ?? 0];
    const [citizen] = await ownerSql<{ id: string; household_id: string }>(
      "SELECT s.id, c.household_id FROM citizen c JOIN subject s ON s.id = c.subject_id WHERE s.unit_id = $1",
      [hamlet],
    );
    await ownerSql("INSERT INTO identity_number (subject_id, hash, cipher) VALUES ($1, $2, $3)", [
      citizen?.id,
      Buffer.alloc(32, 7),
      Buffer.alloc(41, 7),
    ]);
    const clanOf = async (unitId: number, name: string) => {
      const [clan] = await ownerSql<{ id: string }>(
        "INSERT INTO subject (title, unit_id, name, active_from) VALUES ('CLAN', $1, $2, '2020-01-01') RETURNING id",
        [unitId, name],
      );
      await ownerSql("INSERT INTO clan (subject_id) VALUES ($1)", [clan?.id]);

      return clan?.id;
    };
    const [own, far] = [await clanOf(hamlet, "Dòng họ Thử"), await clanOf(farHamlet, "Dòng họ Bên Kia")];
    const found = async (actor: Person, title: "FAMILY" | "CITIZEN") =>
      (await all(actor, filterOf({ title, sort: "name" }))).find(({ name }) =>
        title === "CITIZEN" ? true : name === "Hộ Có Người",
      );

    expect((await found(officer, "CITIZEN"))?.hasIdentity).toBe(true);
    expect((await found(leader, "CITIZEN"))?.hasIdentity).toBe(false);

    await ownerSql("UPDATE household SET clan_id = $1 WHERE subject_id = $2", [own, citizen?.household_id]);
    expect((await found(officer, "FAMILY"))?.clanName).toBe("Dòng họ Thử");
    await ownerSql("UPDATE household SET clan_id = $1 WHERE subject_id = $2", [far, citizen?.household_id]);
    expect((await found(officer, "FAMILY"))?.clanName).toBeNull();
    expect((await found(leader, "FAMILY"))?.clanName).toBe("Dòng họ Bên Kia");
  });

  it("hold nothing for a neighbour or an administrator, everything for whoever reads the province", async () => {
    expect(await all(neighbour, filterOf())).toEqual([]);
    expect(await all(admin, filterOf({ unitId: province }))).toEqual([]);
    const whole = await all(leader, filterOf({ unitId: province, sort: "name" }));

    expect(whole.length).toBe(households + 2);
    expect(new Set(whole.map(({ communeName }) => communeName))).toEqual(new Set(["Xã Thử", "Xã Bên"]));
  });

  it("are a workbook that opens with the same rows; what looks like a formula stays text", async () => {
    const columns = registryColumns(
      "FAMILY",
      { year: 2025, isAboveCommune: false, isClosed: false, showsIdentity: true },
      () => null,
    );
    async function* rows() {
      for await (const record of readRegistry(officer, filterOf()))
        yield columns.map(({ value }) => value(record));
    }
    const file = path.join(tmpdir(), `xuat-${commune}-${process.pid}.xlsx`);
    await pipeline(
      writeWorkbook({ sheets: [{ name: "Hộ", columns, rows: rows() }] }),
      createWriteStream(file),
    );
    const spreadsheet = await openSpreadsheet(file, { fileName: "xuat.xlsx" });
    const read: (readonly unknown[])[] = [];
    for await (const { cells } of spreadsheet.rows("Hộ")) read.push(cells);
    await spreadsheet.close();
    await rm(file);

    expect(read).toHaveLength(households + 2);
    const address = columns.findIndex(({ header }) => header === "Địa chỉ");
    expect(read.filter((cells) => cells[address] === "=1+1")).toHaveLength(households);
  });

  it("give the connection back when the download is given up", async () => {
    const columns = [{ header: "Tên" }];
    for (let time = 0; time < 6; time++) {
      async function* rows() {
        for await (const { name } of readRegistry(officer, filterOf())) yield [name];
      }
      const bytes = writeWorkbook({ sheets: [{ name: "A", columns, rows: rows() }] });
      await once(bytes, "readable");
      bytes.destroy();
      await once(bytes, "close");
    }

    await expect
      .poll(
        async () => {
          const [row] = await ownerSql<{ n: number }>(
            `SELECT count(*)::int AS n FROM pg_stat_activity
            WHERE application_name = 'hieu-hoc-cursor' AND datname = current_database() AND state <> 'idle'`,
          );

          return row?.n;
        },
        { timeout: 10_000 },
      )
      .toBe(0);
  });

  it("stand in the log of their unit by number and filter, and only for whoever may read them", async () => {
    const of = {
      unitId: commune,
      chainId: commune,
      capability: "registry.read" as const,
      facts: {
        list: "registry" as const,
        rows: 7,
        year: 2025,
        title: "FAMILY",
        filters: ["poverty"],
        format: "csv",
      },
    };
    await recordExport(officer, of);
    await expect(recordExport(neighbour, of)).rejects.toMatchObject({ code: "NOT_FOUND" });

    const rows = await ownerSql<{ actor: string; detail: unknown }>(
      "SELECT actor_id::text AS actor, detail FROM action WHERE verb = 'registry.export'",
    );
    expect(rows).toEqual([
      {
        actor: officer.id,
        detail: {
          list: "registry",
          rows: 7,
          year: 2025,
          title: "FAMILY",
          filters: ["poverty"],
          format: "csv",
        },
      },
    ]);
  });
});
