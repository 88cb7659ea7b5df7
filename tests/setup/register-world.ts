import { randomUUID } from "node:crypto";
import type { z } from "zod";
import { registerSubject } from "@/features/registry/mutations";
import { updateSubject } from "@/features/registry/mutations/change";
import { closeSubject, moveSubject } from "@/features/registry/mutations/leave";
import { reopenSubject } from "@/features/registry/mutations/reopen";
import {
  CloseSubject,
  MoveSubject,
  RegisterSubject,
  ReopenSubject,
  UpdateSubject,
} from "@/features/registry/schema";
import type { SessionActor } from "@/features/user/data";
import { buildReference, buildRound, buildUnit, buildUser, ownerSql } from "./builders";

export const YEAR = 2026;

/** A commune of three hamlets with its people, a neighbour and a reviewer, and rounds of 2025 and 2026. */
export type RegisterWorld = {
  province: number;
  commune: number;
  hamlets: [number, number, number];
  nextCommune: number;
  nextHamlet: number;
  officer: SessionActor;
  colleague: SessionActor;
  neighbour: SessionActor;
  reviewer: SessionActor;
  leader: SessionActor;
};

export async function buildRegisterWorld(): Promise<RegisterWorld> {
  await buildReference();
  const province = await buildUnit({ level: "PROVINCE" });
  const commune = await buildUnit({ level: "COMMUNE", parentId: province });
  const hamlet = (name: string, parentId = commune) => buildUnit({ level: "HAMLET", parentId, name });
  const nextCommune = await buildUnit({ level: "COMMUNE", parentId: province });
  for (const title of ["FAMILY", "CITIZEN", "CLAN", "ORGANISATION"] as const)
    for (const year of [YEAR - 1, YEAR]) await buildRound({ unitId: province, year, title });

  return {
    province,
    commune,
    hamlets: [await hamlet("Thôn Một"), await hamlet("Thôn Hai"), await hamlet("Thôn Ba")],
    nextCommune,
    nextHamlet: await hamlet("Thôn Bên", nextCommune),
    officer: await buildUser({ role: "COMMUNE_OFFICER", unitId: commune }),
    colleague: await buildUser({ role: "COMMUNE_OFFICER", unitId: commune }),
    neighbour: await buildUser({ role: "COMMUNE_OFFICER", unitId: nextCommune }),
    reviewer: await buildUser({ role: "REVIEWER", unitId: province }),
    leader: await buildUser({ role: "COMMUNE_LEADER", unitId: commune }),
  };
}

/** The steps of the register on a world, each with a request id of its own, which it gives back as `step`. */
export function stepsOf(world: RegisterWorld) {
  const { officer, commune } = world;
  const version = async (id: string) => {
    const [row] = await ownerSql<{ version: number }>("SELECT version FROM subject WHERE id = $1", [id]);

    return row?.version ?? 0;
  };

  return {
    version,
    async register(input: Record<string, unknown>) {
      const step = randomUUID();
      const parsed = RegisterSubject.parse({
        communeId: commune,
        year: YEAR,
        activeFrom: "2025-02-01",
        confirmNew: true,
        ...input,
      } as z.input<typeof RegisterSubject>);

      return { step, ...(await registerSubject(officer, parsed, step)) };
    },
    async update(subjectId: string, facts: Record<string, unknown>, actor = officer) {
      const step = randomUUID();
      const input = UpdateSubject.parse({ subjectId, version: await version(subjectId), ...facts });

      return { step, ...(await updateSubject(actor, input, step)) };
    },
    async move(subjectId: string, hamletId: number, movedOn = "2026-03-01") {
      const step = randomUUID();
      const input = MoveSubject.parse({ subjectId, version: await version(subjectId), hamletId, movedOn });

      return { step, ...(await moveSubject(officer, input, step)) };
    },
    async close(subjectId: string, more: Record<string, unknown> = {}) {
      const step = randomUUID();
      const input = CloseSubject.parse({
        subjectId,
        version: await version(subjectId),
        reason: "ENTERED_BY_MISTAKE",
        closedOn: "2026-06-01",
        ...more,
      });

      return { step, ...(await closeSubject(officer, input, step)) };
    },
    async reopen(subjectId: string, more: Record<string, unknown> = {}, actor = officer) {
      const step = randomUUID();
      const input = ReopenSubject.parse({
        subjectId,
        version: await version(subjectId),
        hamletId: world.hamlets[0],
        reopenedOn: "2026-07-01",
        ...more,
      });

      return { step, ...(await reopenSubject(actor, input, step)) };
    },
  };
}

/** Members of a household as its form sends them. */
export function membersOf(names: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    names.flatMap((name, at) => [
      [`members.${at}.name`, name],
      [`members.${at}.birthYear`, String(1980 + at)],
      [`members.${at}.sex`, "FEMALE"],
      [`members.${at}.variant`, "FARMER"],
    ]),
  );
}

/** The register as the owner of the tables sees it: what it says of every entry, and whose each assessment is. */
export async function registerPicture(): Promise<Record<string, unknown>> {
  const rows = await ownerSql<{ subject_id: string; image: unknown; assessments: unknown }>(
    `SELECT i.subject_id, i.image, (SELECT jsonb_agg(jsonb_build_array(a.id, a.unit_id, a.state) ORDER BY a.id) FROM assessment a WHERE a.subject_id = i.subject_id) AS assessments
       FROM subject_images((SELECT array_agg(id) FROM subject)) i`,
  );

  return Object.fromEntries(
    rows.map(({ subject_id, image, assessments }) => [subject_id, { image, assessments }]),
  );
}

/** An assessment of an entry in a year, in a state in which no dossier is needed, or submitted in one. */
export async function buildAssessment(
  world: RegisterWorld,
  entry: Readonly<{ subjectId: string; year?: number; state?: "REGISTERED" | "DRAFT" | "SUBMITTED" }>,
): Promise<string> {
  const { subjectId, year = YEAR, state = "DRAFT" } = entry;
  const id = randomUUID();
  const dossierId = state === "SUBMITTED" ? randomUUID() : null;
  if (dossierId) {
    await ownerSql(
      `INSERT INTO dossier (id, round_id, title, year, unit_id, reviewer_unit_id, submitted_by)
       SELECT $1, r.id, r.title, r.year, $2, $3, $4 FROM round r JOIN subject s ON s.title = r.title
        WHERE s.id = $5 AND r.year = $6 AND r.unit_id = $3`,
      [dossierId, world.commune, world.province, world.officer.id, subjectId, year],
    );
  }
  await ownerSql(
    `INSERT INTO assessment (id, subject_id, round_id, title, year, unit_id, commune_id, criteria_set_id, state, registered_on, is_complete, dossier_id, submitted_by)
     SELECT $1, s.id, r.id, s.title, r.year, h.unit_id, $2, (SELECT min(id) FROM criteria_set WHERE title = s.title), $3, '2026-02-01', $6::uuid IS NOT NULL, $6, $7
       FROM subject s JOIN round r ON r.title = s.title AND r.year = $4 AND r.unit_id = $8
       JOIN subject_home h ON h.subject_id = s.id AND h.valid_from <= r.reference_date AND (h.valid_to IS NULL OR h.valid_to > r.reference_date)
      WHERE s.id = $5`,
    [id, world.commune, state, year, subjectId, dossierId, dossierId && world.officer.id, world.province],
  );

  return id;
}
