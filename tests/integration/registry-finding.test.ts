import { randomUUID } from "node:crypto";
import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { entryCode } from "@/domain/title/entry-code";
import { countFiltered, filterSql } from "@/features/registry/data/filter";
import {
  countByCounters,
  countElsewhere,
  countQuickly,
  findPage,
  searchRegister,
} from "@/features/registry/data/finding";
import type { RegistryFilter, RegistrySort } from "@/features/registry/filter";
import { filterParams, parseFilter } from "@/features/registry/filter";
import type { SessionActor } from "@/features/user/data";
import { withScope } from "@/lib/db/scope";
import { toSearchKey } from "@/lib/text/search-key";
import { appSql, buildReference, buildUnit, buildUser, ownerSql } from "../setup/builders";

// One province of 4 communes and 120 hamlets: asked for a commune the hamlets are walked one by one, for the province the whole.

const YEAR = 2026;
const SURNAMES = ["Nguyễn", "Trần", "Lê", "Đặng", "Hoàng"];
const MIDDLES = ["Văn", "Thị", "Hữu"];
const GIVENS = ["Hoa", "Lan", "Đức", "Ánh", "Tuấn", "Hùng", "Mai"];

type Row = {
  id: string;
  number: number;
  title: "FAMILY" | "CITIZEN";
  name: string;
  nameSort: string;
  unitId: number;
  unitName: string;
  communeId: number;
  isClosed: boolean;
  poverty: string;
  isAssociationMember: boolean;
  hasSchoolAgeChildren: boolean;
  variant: string;
  isWorker: boolean;
  hasHousehold: boolean;
  digitalSkill: string;
};

let province: number;
let communes: number[];
let leader: SessionActor;
let officer: SessionActor;
let neighbour: SessionActor;
let rows: Row[];

beforeAll(async () => {
  await buildReference();
  province = await buildUnit({ level: "PROVINCE" });
  communes = [];
  for (let c = 0; c < 4; c++) communes.push(await buildUnit({ level: "COMMUNE", parentId: province }));
  const hamlets = await buildHamlets();
  leader = await buildUser({ role: "PROVINCE_LEADER", unitId: province });
  officer = await buildUser({ role: "COMMUNE_OFFICER", unitId: communes[0] ?? 0 });
  neighbour = await buildUser({ role: "COMMUNE_OFFICER", unitId: communes[1] ?? 0 });
  await fillRegister(hamlets);
  rows = await readRegister();
}, 120_000);

/** Thirty hamlets in every commune, in one statement. */
async function buildHamlets(): Promise<{ id: number }[]> {
  const hamlets = await ownerSql<{ id: number }>(
    `WITH made AS (
       SELECT nextval('unit_id_seq')::int AS id, c.id AS commune, c.at, h FROM unnest($1::int[]) WITH ORDINALITY AS c(id, at) CROSS JOIN generate_series(1, 30) h
     ), units AS (
       INSERT INTO unit (id, level, code, name, type, valid_from)
       SELECT id, 'HAMLET', 'F' || id, CASE WHEN at = 1 AND h = 1 THEN 'Thôn Gốc Đa' ELSE 'Thôn Số ' || h END, 'Thôn', '2014-02-20' FROM made
     ), places AS (
       INSERT INTO placement (child_id, parent_id, valid_from) SELECT id, commune, '2014-02-20' FROM made
     ) SELECT id FROM made ORDER BY id`,
    [communes],
  );
  await ownerSql("SELECT refresh_ancestry($1::int[])", [hamlets.map(({ id }) => id)]);

  return hamlets;
}

/** Seven entries of each kind in every hamlet; every fact turns on a number of its own, so that all of them come together. */
async function fillRegister(hamlets: readonly { id: number }[]): Promise<void> {
  const pick = (list: string, by: string) => `(${list})[1 + (${by}) % cardinality(${list})]`;
  await ownerSql(
    `WITH made AS (
       SELECT gen_random_uuid() AS id, h.id AS unit_id, (h.at * 7 + k)::int AS n,
              concat_ws(' ', ${pick("$2::text[]", "h.at + k * 3")}, ${pick("$3::text[]", "h.at * 5 + k")}, ${pick("$4::text[]", "h.at * 3 + k * k")}) AS name
         FROM unnest($1::int[]) WITH ORDINALITY AS h(id, at) CROSS JOIN generate_series(1, 7) k
     ), people AS (
       SELECT gen_random_uuid() AS id, id AS household, unit_id, n, name FROM made
     ), subjects AS (
       INSERT INTO subject (id, title, unit_id, name, active_from, active_to)
       SELECT id, 'FAMILY', unit_id, name, '2020-01-01'::date, CASE WHEN n % 11 = 0 THEN '2025-05-05'::date END FROM made
       UNION ALL SELECT id, 'CITIZEN', unit_id, name, '2020-01-01'::date, CASE WHEN n % 13 = 0 THEN '2025-05-05'::date END FROM people
       RETURNING id, unit_id, active_from, active_to
     ), households AS (
       INSERT INTO household (subject_id, poverty, is_association_member, has_school_age_children)
       SELECT id, (ARRAY['NONE', 'NEAR_POOR', 'POOR'])[1 + n % 3], n % 2 = 0, n % 5 = 0 FROM made
     ), citizens AS (
       INSERT INTO citizen (subject_id, birth_year, sex, household_id, variant, is_worker, digital_skill)
       SELECT id, 1970 + n % 30, 'MALE', CASE WHEN n % 4 > 0 THEN household END, (ARRAY['FARMER', 'WORKER', 'OFFICIAL', 'STUDENT'])[1 + n % 4],
              n % 3 = 0, (ARRAY['NONE', 'HAS', 'FLUENT'])[1 + n % 3] FROM people
     )
     INSERT INTO subject_home (subject_id, unit_id, valid_from, valid_to) SELECT id, unit_id, active_from, active_to FROM subjects`,
    [hamlets.map(({ id }) => id), SURNAMES, MIDDLES, GIVENS],
  );
}

async function readRegister(): Promise<Row[]> {
  return await ownerSql<Row>(
    `SELECT s.id, s.number::int AS number, s.title, s.name, s.name_sort AS "nameSort", s.unit_id AS "unitId", u.name AS "unitName",
            p.parent_id AS "communeId", s.active_to IS NOT NULL AS "isClosed", h.poverty, h.is_association_member AS "isAssociationMember",
            h.has_school_age_children AS "hasSchoolAgeChildren", c.variant, c.is_worker AS "isWorker",
            c.household_id IS NOT NULL AS "hasHousehold", c.digital_skill AS "digitalSkill"
       FROM subject s JOIN unit u ON u.id = s.unit_id JOIN placement p ON p.child_id = u.id
       LEFT JOIN household h ON h.subject_id = s.id LEFT JOIN citizen c ON c.subject_id = s.id`,
  );
}

const FACTS = [
  "poverty",
  "isAssociationMember",
  "hasSchoolAgeChildren",
  "variant",
  "isWorker",
  "hasHousehold",
  "digitalSkill",
] as const;

/** The law: which rows a filter means, and in which order, said once more without a database. */
function expected(filter: RegistryFilter): string[] {
  const hits = rows.filter(
    (row) =>
      row.title === filter.title &&
      row.isClosed === (filter.isClosed ?? false) &&
      (filter.unitId === province || filter.unitId === row.communeId) &&
      (filter.hamletId === undefined || filter.hamletId === row.unitId) &&
      FACTS.every((fact) => filter[fact] === undefined || filter[fact] === row[fact]),
  );
  const byName = (a: Row, b: Row) => compare(a.nameSort, b.nameSort) || compare(a.id, b.id);

  return (filter.sort === "newest" ? hits.sort((a, b) => b.number - a.number) : hits.sort(byName)).map(
    ({ id }) => id,
  );
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

async function walk(actor: SessionActor, filter: RegistryFilter, direction: "after" | "before" = "after") {
  return await withScope(actor, async (tx) => {
    const seen: string[] = [];
    for (let from: string | undefined; ; ) {
      const page = await findPage(tx, filter, { ...(from === undefined ? {} : { [direction]: from }) });
      const ids = page.rows.map(({ id }) => id);
      if (direction === "before" && from === undefined) return ids;
      seen.push(...ids);
      if (!page.hasNext) return seen;
      from = ids.at(-1);
    }
  });
}

const optional = <T>(values: readonly T[]) => fc.option(fc.constantFrom(...values), { nil: undefined });
const family = fc.record({
  poverty: optional(["NONE", "NEAR_POOR", "POOR"] as const),
  isAssociationMember: optional([true, false]),
  hasSchoolAgeChildren: optional([true, false]),
});
const citizen = fc.record({
  variant: optional(["FARMER", "WORKER", "OFFICIAL", "STUDENT"] as const),
  isWorker: optional([true, false]),
  hasHousehold: optional([true, false]),
  digitalSkill: optional(["NONE", "HAS", "FLUENT"] as const),
});
const anyFilter = fc
  .tuple(
    fc.oneof(
      family.map((facts) => ({ title: "FAMILY" as const, ...facts })),
      citizen.map((facts) => ({ title: "CITIZEN" as const, ...facts })),
    ),
    fc.nat({ max: 4 }),
    fc.constantFrom<RegistrySort>("name", "newest"),
    optional([true]),
  )
  .map(
    ([facts, place, sort, isClosed]): RegistryFilter => ({
      ...facts,
      unitId: communes[place] ?? province,
      year: YEAR,
      sort,
      isClosed,
    }),
  );

describe("a filtered list", () => {
  it("is the same in the address, in memory, in its SQL condition, in its pages and in its count", async () => {
    await fc.assert(
      fc.asyncProperty(anyFilter, async (filter) => {
        const ids = expected(filter);
        const params = filterParams(filter);
        expect(JSON.stringify(parseFilter(filter, (name) => params.get(name) ?? undefined))).toBe(
          JSON.stringify(parseFilter(filter, (name) => params.get(name) ?? undefined)),
        );
        expect(parseFilter(filter, (name) => params.get(name) ?? undefined)).toMatchObject(
          Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined)),
        );
        expect(await walk(leader, filter)).toEqual(ids);
        const counted = await withScope(leader, async (tx) => ({
          exact: await countFiltered(tx, filter),
          quick: await countQuickly(tx, filter),
          set: await tx.$queryRaw<{ id: string }[]>`SELECT s.id FROM subject s WHERE ${filterSql(filter)}`,
        }));
        expect(counted.exact).toBe(ids.length);
        expect(counted.quick).toEqual({ count: ids.length, isExact: true });
        expect(new Set(counted.set.map(({ id }) => id))).toEqual(new Set(ids));
      }),
      { numRuns: 40 },
    );
  });

  it.each(["name", "newest", "hamlet"] as const)(
    "by %s visits every row once, forwards and back",
    async (sort) => {
      const filter: RegistryFilter = { unitId: communes[0] ?? 0, year: YEAR, title: "CITIZEN", sort };
      const all = await walk(officer, filter);
      expect(new Set(all).size).toBe(all.length);
      expect(all.length).toBe(expected({ ...filter, sort: "name" }).length);
      const back = await withScope(officer, (tx) => findPage(tx, filter, { before: all[120] ?? "" }));
      expect(back.rows.map(({ id }) => id)).toEqual(all.slice(70, 120));
      expect([back.hasPrevious, back.hasNext]).toEqual([true, true]);
    },
  );

  it("stands by hamlet with numbers by value, and by name inside", async () => {
    const filter: RegistryFilter = { unitId: communes[1] ?? 0, year: YEAR, title: "FAMILY", sort: "hamlet" };
    const all = await walk(neighbour, filter);
    const by = new Map(rows.map((row) => [row.id, row]));
    const names = [...new Set(all.map((id) => by.get(id)?.unitName))];
    expect(names.slice(0, 11)).toEqual(Array.from({ length: 11 }, (_, at) => `Thôn Số ${at + 1}`));
    const first = all.filter((id) => by.get(id)?.unitName === "Thôn Số 1").map((id) => by.get(id)?.nameSort);
    expect(first).toEqual([...first].sort());
  });

  it("refuses an address that says what no filter means", () => {
    const scope = { unitId: province, year: YEAR, title: "FAMILY" } as const;
    const of = (address: string) =>
      parseFilter(scope, (name) => new URLSearchParams(address).get(name) ?? undefined);
    expect(of("dien=ngheo&hoi-vien=co")).toMatchObject({ poverty: "POOR", isAssociationMember: true });
    expect(of("dien=giau")).toBeUndefined();
    expect(of("thon=x")).toBeUndefined();
    expect(of("sap-xep=tuoi")).toBeUndefined();
    expect(of("nghe=nong-dan")).toMatchObject({ sort: "name" });
  });
});

describe("search", () => {
  const search = async (
    actor: SessionActor,
    unitId: number,
    text: string,
    title: "FAMILY" | "CITIZEN" = "CITIZEN",
  ) =>
    await withScope(actor, (tx) =>
      searchRegister(tx, { unitId, year: YEAR, title, sort: "name" }, { text, limit: 200 }),
    );
  const ids = (found: { rows: { id: string }[] }) => new Set(found.rows.map(({ id }) => id));

  it("finds exactly the names that have all the words, in any order, with or without diacritics", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...SURNAMES),
        fc.constantFrom(...MIDDLES),
        fc.constantFrom(...GIVENS),
        fc.boolean(),
        async (surname, middle, given, wide) => {
          const unitId = wide ? province : (communes[0] ?? 0);
          const words = [surname, middle, given];
          const meant = new Set(
            rows
              .filter((row) => row.title === "CITIZEN" && !row.isClosed && (wide || row.communeId === unitId))
              .filter((row) => row.name === words.join(" "))
              .map(({ id }) => id),
          );
          for (const text of [
            words.join(" "),
            toSearchKey([given, surname, middle].join("  ")),
            words.join(" ").toUpperCase(),
          ]) {
            const found = await search(leader, unitId, text);
            if (meant.size > 0) {
              // A word may also be the beginning of another ("hoa" of "Hoàng"): those follow.
              expect(found.isGuess).toBe(false);
              expect(new Set(found.rows.slice(0, meant.size).map(({ id }) => id))).toEqual(meant);
              expect([found.isExact, found.count >= meant.size]).toEqual([true, true]);
            } else {
              expect(found.rows.every(({ name }) => name !== words.join(" "))).toBe(true);
            }
          }
        },
      ),
      { numRuns: 25 },
    );
  });

  it.each(["commune", "province"])(
    "guesses through a slip only when nothing has the words, in a %s",
    async (where) => {
      const unitId = where === "commune" ? (communes[0] ?? 0) : province;
      const right = await search(leader, unitId, "tuan nguyen");
      const slipped = await search(leader, unitId, "taun nguyen");
      expect(right.isGuess).toBe(false);
      expect(right.count).toBeGreaterThan(0);
      expect(slipped.isGuess).toBe(true);
      expect(ids(slipped)).toEqual(ids(right));
      expect((await search(leader, unitId, "zzqqxx nguyen")).rows).toEqual([]);
      // Both words are known, no name has both: "van" may be a slip of "lan".
      const meant = (await search(leader, unitId, "lan thi")).rows.map(({ id }) => id);
      const known = await search(leader, unitId, "van thi");
      expect(known.isGuess).toBe(true);
      expect([...ids(known)]).toEqual(expect.arrayContaining(meant));
    },
  );

  it.each(["commune", "province"])("takes words of the hamlet, in a %s", async (where) => {
    const unitId = where === "commune" ? (communes[0] ?? 0) : province;
    const found = await search(leader, unitId, "nguyễn gốc đa", "FAMILY");
    const meant = rows.filter(
      (row) =>
        row.title === "FAMILY" &&
        !row.isClosed &&
        row.unitName === "Thôn Gốc Đa" &&
        row.name.startsWith("Nguyễn"),
    );
    expect(meant.length).toBeGreaterThan(0);
    expect(ids(found)).toEqual(new Set(meant.map(({ id }) => id)));
  });

  it("pages through what it found without a gap", async () => {
    const filter: RegistryFilter = { unitId: province, year: YEAR, title: "CITIZEN", sort: "name" };
    const pages = await withScope(leader, async (tx) => [
      await searchRegister(tx, filter, { text: "nguyen" }),
      await searchRegister(tx, filter, { text: "nguyen", skip: 50 }),
    ]);
    const seen = pages.flatMap((page) => page.rows.map(({ id }) => id));
    expect(new Set(seen).size).toBe(100);
  });

  it("finds an entry by its code wherever the asker may read it, and nowhere else", async () => {
    const row = rows.find((one) => one.communeId === communes[0] && one.title === "FAMILY");
    const code = entryCode("FAMILY", row?.number ?? 0).toLowerCase();
    expect([...ids(await search(officer, communes[0] ?? 0, code))]).toEqual([row?.id]);
    expect((await search(neighbour, communes[1] ?? 0, code)).rows).toEqual([]);
  });

  it("says what the other registers of a commune have of the same words", async () => {
    const unitId = communes[0] ?? 0;
    const [elsewhere, found] = await withScope(officer, async (tx) => [
      await countElsewhere(tx, { unitId, year: YEAR, title: "CITIZEN", sort: "name" }, "nguyen"),
      await searchRegister(tx, { unitId, year: YEAR, title: "FAMILY", sort: "name" }, { text: "nguyen" }),
    ]);
    expect(elsewhere).toEqual([{ title: "FAMILY", count: found.count }]);
  });

  it("takes signs as signs", async () => {
    for (const text of ["%", "_", "\\", "'", "a' | 'b", "((", "!!", ":*", "1'; --", "&"]) {
      for (const unitId of [communes[0] ?? 0, province]) {
        expect((await search(leader, unitId, text)).rows).toEqual([]);
      }
    }
  });
});

describe("the second wall", () => {
  const filter = (unitId: number) => JSON.stringify({ unitId, year: YEAR, title: "FAMILY" });
  const doors = (unitId: number): [string, unknown[]][] => [
    ["SELECT * FROM register_page($1::jsonb, NULL, false, 51)", [filter(unitId)]],
    ["SELECT * FROM register_count($1::jsonb) WHERE count > 0", [filter(unitId)]],
    ["SELECT * FROM register_search($1::jsonb, '{nguyen}', NULL, 0, 50)", [filter(unitId)]],
    ["SELECT * FROM register_search($1::jsonb, '{nguyem}', '[[\"nguyen\"]]', 0, 50)", [filter(unitId)]],
    ["SELECT * FROM register_elsewhere($1::jsonb, '{nguyen}')", [filter(unitId)]],
  ];

  it("opens each door to the asker's own units alone", async () => {
    const admin = await buildUser({ role: "PROVINCE_ADMIN", unitId: province });
    for (const [sql, values] of doors(communes[0] ?? 0)) {
      expect((await appSql(officer.id, sql, values)).length, sql).toBeGreaterThan(0);
      expect(await appSql(neighbour.id, sql, values), sql).toEqual([]);
      expect(await appSql(admin.id, sql, values), sql).toEqual([]);
      expect(await appSql(randomUUID(), sql, values), sql).toEqual([]);
    }
    for (const [sql, values] of doors(province).slice(0, 3)) {
      const seen = await appSql<{ unit_id?: number }>(officer.id, sql, values);
      const own = new Set(rows.filter((row) => row.communeId === communes[0]).map(({ unitId }) => unitId));
      expect(
        seen.every(({ unit_id }) => unit_id === undefined || own.has(unit_id)),
        sql,
      ).toBe(true);
    }
  });

  it("counts by the counters what a list has that nothing narrows, of the asker's own units alone", async () => {
    const [home] = communes;
    await ownerSql("SELECT recount_units(array_agg(DISTINCT unit_id), ARRAY[$1::int]) FROM subject", [YEAR]);
    const followed = (title: Row["title"], communeId?: number) =>
      rows.filter(
        (row) =>
          row.title === title && !row.isClosed && (communeId === undefined || row.communeId === communeId),
      ).length;
    const counted = (actor: SessionActor, unitId: number, title: Row["title"]) =>
      withScope(actor, (tx) => countByCounters(tx, { unitId, year: YEAR, title, sort: "name" }));

    for (const title of ["FAMILY", "CITIZEN"] as const) {
      expect(followed(title, home)).toBeGreaterThan(0);
      expect(await counted(leader, province, title)).toBe(followed(title));
      expect(await counted(officer, home ?? 0, title)).toBe(followed(title, home));
      expect(await counted(officer, province, title)).toBe(followed(title, home));
      expect(await counted(neighbour, home ?? 0, title)).toBe(0);
    }
  });

  it("shows of given rows what the asker may read, whoever names them", async () => {
    const [row] = rows.filter((one) => one.communeId === communes[0]);
    const show = (actor: SessionActor) =>
      appSql(actor.id, "SELECT * FROM register_show($1::uuid[], $2::int[], $3, $4)", [
        [row?.id],
        [row?.unitId],
        row?.title,
        YEAR,
      ]);
    expect(await show(officer)).toMatchObject([{ id: row?.id, name: row?.name }]);
    expect(await show(leader)).toHaveLength(1);
    expect(await show(neighbour)).toEqual([]);
  });

  it("asks the same of units from below as app_units from above", async () => {
    const ended = await buildUnit({ level: "COMMUNE", parentId: province, validTo: "2025-07-01" });
    const past = await buildUser({ role: "COMMUNE_OFFICER", unitId: ended });
    for (const actor of [leader, officer, neighbour, past]) {
      for (const capability of ["registry.read", "assessment.read"]) {
        const [same] = await ownerSql<{ same: boolean }>(
          `SELECT (SELECT array_agg(x ORDER BY x) FROM app_units($2) x)
                  IS NOT DISTINCT FROM (SELECT array_agg(x ORDER BY x) FROM register_mine($2, ARRAY(SELECT id FROM unit)) x) AS same
             FROM set_config('app.user_id', $1, false)`,
          [actor.id, capability],
        );
        expect(same?.same, `${actor.username} ${capability}`).toBe(true);
      }
    }
  });

  it.each([
    "SELECT * FROM register_row",
    "SELECT * FROM register_source",
    "SELECT * FROM register_word",
    "SELECT register_write(NULL)",
    "SELECT register_rebuild()",
    "SELECT register_known('[\"nguyen\"]')",
  ])("keeps %s shut", async (sql) => {
    await expect(appSql(officer.id, sql)).rejects.toMatchObject({ code: "42501" });
  });

  it("lets no value become a condition", async () => {
    const evil = JSON.stringify({
      unitId: communes[1],
      year: YEAR,
      title: "FAMILY' OR true OR r.title = '",
      clanId: "00000000-0000-4000-8000-000000000000",
    });
    expect(
      await appSql(officer.id, "SELECT * FROM register_page($1::jsonb, NULL, false, 51)", [evil]),
    ).toEqual([]);
  });
});

describe("the table made for finding", () => {
  it("follows every change of what it is made of", async () => {
    const [row] = rows.filter((one) => one.title === "FAMILY" && !one.isClosed);
    const other = rows.find((one) => one.communeId === row?.communeId && one.unitId !== row?.unitId)?.unitId;
    const changes: [string, unknown[]][] = [
      ["UPDATE subject SET name = 'Bùi Văn Đổi' WHERE id = $1", [row?.id]],
      [
        "UPDATE household SET poverty = 'POOR', has_school_age_children = true WHERE subject_id = $1",
        [row?.id],
      ],
      ["UPDATE subject_home SET valid_to = '2026-03-03' WHERE subject_id = $1", [row?.id]],
      ["UPDATE subject SET unit_id = $2 WHERE id = $1", [row?.id, other]],
      [
        "INSERT INTO subject_home (subject_id, unit_id, valid_from) VALUES ($1, $2, '2026-03-03')",
        [row?.id, other],
      ],
      ["UPDATE subject SET active_to = '2026-04-04', close_reason = 'MOVED_AWAY' WHERE id = $1", [row?.id]],
      [
        "UPDATE subject_home SET valid_to = '2026-04-04' WHERE subject_id = $1 AND valid_to IS NULL",
        [row?.id],
      ],
      ["DELETE FROM subject_home WHERE subject_id = $1 AND valid_from = '2026-03-03'", [row?.id]],
    ];
    for (const [sql, values] of changes) {
      await ownerSql(sql, values);
      expect(await ownerSql("SELECT * FROM register_differences()"), sql).toEqual([]);
    }
    await ownerSql("SELECT register_rebuild()");
    expect(await ownerSql("SELECT * FROM register_differences()")).toEqual([]);
  });
});
