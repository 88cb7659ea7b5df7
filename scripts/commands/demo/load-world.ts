import type pg from "pg";
import { TWO_TIER_START } from "@/domain/territory/territory";
import { type Account, officerIdOf } from "./accounts";
import { copyRows } from "./copy";
import type { FigureRow } from "./figures";
import { SPECIALLY_DIFFICULT } from "./places";
import { idOf } from "./random";
import type { Commune, Hamlet, World } from "./world";

/** When the register was opened; hamlets were recorded with it. */
const RECORDED = "2014-02-20";
const CREATED = "2024-01-05T02:00:00.000Z";

/** Hamlets as units: under the old commune until 30/6/2025, under the new one since. Sets their ids. */
export async function loadHamlets(db: pg.Client, hamlets: readonly Hamlet[]): Promise<void> {
  const { rows } = await db.query<{ id: number; code: string }>(
    `INSERT INTO unit (level, code, name, type, valid_from)
     SELECT 'HAMLET', h.code, h.name, h.type, $4::date
       FROM unnest($1::text[], $2::text[], $3::text[]) WITH ORDINALITY AS h(code, name, type, n) ORDER BY h.n
     RETURNING id, code`,
    [
      hamlets.map((one) => one.code),
      hamlets.map((one) => one.name),
      hamlets.map((one) => one.type),
      RECORDED,
    ],
  );
  const ids = new Map(rows.map((row) => [row.code, row.id]));
  for (const hamlet of hamlets) {
    const id = ids.get(hamlet.code);
    if (id === undefined) throw new Error(`Hamlet ${hamlet.code} was not written`);
    hamlet.unitId = id;
  }

  await copyRows(db, "unit_name", ["unit_id", "name", "type", "valid_from"], hamlets, (hamlet) => [
    hamlet.unitId,
    hamlet.name,
    hamlet.type,
    RECORDED,
  ]);
  const placements = hamlets.flatMap(({ unitId, old, current }) => [
    { unitId, parentId: old.unitId, from: RECORDED, to: TWO_TIER_START },
    { unitId, parentId: current.unitId, from: TWO_TIER_START, to: null },
  ]);
  await copyRows(
    db,
    "placement",
    ["child_id", "parent_id", "kind", "valid_from", "valid_to"],
    placements,
    ({ unitId, parentId, from, to }) => [unitId, parentId, "TREE", from, to],
  );
  await db.query("SELECT refresh_ancestry($1::int[])", [hamlets.map((one) => one.unitId)]);
}

/** Accounts with their roles. A closed one keeps the role it had until 30/6/2025. */
export async function loadAccounts(
  db: pg.Client,
  accounts: readonly Account[],
  passwordHash: string,
  unitIdOf: (key: string) => number,
): Promise<void> {
  await copyRows(
    db,
    "app_user",
    ["id", "username", "name", "password_hash", "is_active", "is_demo", "created_at"],
    accounts,
    (one) => [one.id, one.username, one.name, passwordHash, one.isActive, true, CREATED],
  );
  await db.query(
    `INSERT INTO role_grant (id, user_id, role, unit_id, valid_from, valid_to)
     SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::int[], $5::date[], $6::date[])`,
    [
      accounts.map((one) => idOf(`grant/${one.username}`)),
      accounts.map((one) => one.id),
      accounts.map((one) => one.role),
      accounts.map((one) => unitIdOf(one.unitKey)),
      accounts.map((one) => one.validFrom),
      accounts.map((one) => one.validTo),
    ],
  );
}

type SubjectRow = Readonly<{
  id: string;
  title: string;
  name: string;
  unitId: number;
  activeFrom: string;
  activeTo: string | null;
  officer: Commune;
  homes: readonly Readonly<{ unitId: number; from: string; to: string | null }>[];
}>;

function resident(
  facts: Omit<SubjectRow, "unitId" | "activeTo" | "officer" | "homes">,
  hamlet: Hamlet,
): SubjectRow {
  return {
    ...facts,
    unitId: hamlet.unitId,
    activeTo: null,
    officer: hamlet.old,
    homes: [{ unitId: hamlet.unitId, from: facts.activeFrom, to: null }],
  };
}

function subjectsOf(world: World): SubjectRow[] {
  const subjects: SubjectRow[] = [];
  for (const hamlet of world.hamlets) {
    const founded = { activeFrom: "2023-01-01" };
    subjects.push(
      resident({ id: hamlet.communityId, title: "COMMUNITY", name: hamlet.name, ...founded }, hamlet),
    );
    for (const clan of hamlet.clans) {
      subjects.push(resident({ id: clan.id, title: "CLAN", name: clan.name, ...founded }, hamlet));
    }
    for (const { id, name, activeFrom, members } of hamlet.households) {
      subjects.push(resident({ id, title: "FAMILY", name, activeFrom }, hamlet));
      for (const person of members) {
        subjects.push(resident({ id: person.id, title: "CITIZEN", name: person.name, activeFrom }, hamlet));
      }
    }
  }
  for (const { id, name, old, current, activeFrom, activeTo } of world.organisations) {
    const place = current ?? old;
    if (!place) continue;
    const before = old ? [{ unitId: old.unitId, from: activeFrom, to: TWO_TIER_START }] : [];
    const since = current ? [{ unitId: current.unitId, from: TWO_TIER_START, to: null }] : [];
    subjects.push({
      id,
      title: "ORGANISATION",
      name,
      unitId: place.unitId,
      activeFrom,
      activeTo,
      officer: old ?? place,
      homes: [...before, ...since],
    });
  }

  return subjects;
}

/** Everybody and everything in the register, with where it stood and stands. */
export async function loadSubjects(db: pg.Client, world: World): Promise<number> {
  const subjects = subjectsOf(world);
  await copyRows(
    db,
    "subject",
    ["id", "title", "unit_id", "name", "active_from", "active_to", "created_by", "created_at", "updated_at"],
    subjects,
    (one) => {
      const createdAt = one.activeFrom > CREATED.slice(0, 10) ? `${one.activeFrom}T02:00:00.000Z` : CREATED;
      return [
        one.id,
        one.title,
        one.unitId,
        one.name,
        one.activeFrom,
        one.activeTo,
        officerIdOf(one.officer),
        createdAt,
        createdAt,
      ];
    },
  );
  await copyRows(
    db,
    "clan",
    ["subject_id", "head_name", "is_promotion"],
    world.clans,
    ({ id, headName, isPromotion }) => [id, headName, isPromotion],
  );
  await copyRows(db, "organisation", ["subject_id", "kind", "level"], world.organisations, ({ id, kind }) => [
    id,
    kind,
    "COMMUNE",
  ]);
  await copyRows(db, "community", ["subject_id", "area_unit_id"], world.hamlets, (hamlet) => [
    hamlet.communityId,
    hamlet.unitId,
  ]);

  const households = world.hamlets.flatMap((hamlet) => hamlet.households);
  await copyRows(
    db,
    "household",
    [
      "subject_id",
      "head_birth_year",
      "address",
      "is_association_member",
      "clan_id",
      "poverty",
      "has_school_age_children",
    ],
    households,
    (one) => [
      one.id,
      one.members[0]?.birthYear ?? null,
      one.address,
      one.isAssociationMember,
      one.clan?.id ?? null,
      one.poverty,
      one.members.some((person) => person.birthYear > 2026 - 18),
    ],
  );
  await copyRows(
    db,
    "citizen",
    [
      "subject_id",
      "birth_year",
      "sex",
      "household_id",
      "variant",
      "is_worker",
      "organisation_id",
      "digital_skill",
    ],
    households.flatMap((household) => household.members),
    (one) => [
      one.id,
      one.birthYear,
      one.sex,
      one.household.id,
      one.variant,
      one.isWorker,
      one.organisationId,
      one.digitalSkill,
    ],
  );
  await copyRows(
    db,
    "subject_home",
    ["subject_id", "unit_id", "valid_from", "valid_to"],
    subjects.flatMap((one) => one.homes.map((home) => ({ ...home, id: one.id }))),
    ({ id, unitId, from, to }) => [id, unitId, from, to],
  );

  return subjects.length;
}

/** Entered figures and the classification of communes. */
export async function loadFigures(db: pg.Client, world: World, figures: readonly FigureRow[]): Promise<void> {
  await copyRows(
    db,
    "figure",
    ["unit_id", "year", "key", "value", "source", "dated_on", "entered_at"],
    figures,
    (one) => [one.unitId, one.year, one.key, one.value, one.source, one.datedOn, CREATED],
  );
  const communes = [...world.oldCommunes, ...world.newCommunes];
  const flags = SPECIALLY_DIFFICULT.flatMap(({ code, era, years }) =>
    communes
      .filter((commune) => commune.code === code && commune.era === era)
      .flatMap(({ unitId }) => years.map((year) => ({ unitId, year }))),
  );
  await copyRows(db, "unit_flag", ["unit_id", "year", "flag"], flags, ({ unitId, year }) => [
    unitId,
    year,
    "SPECIALLY_DIFFICULT",
  ]);
}
