import { randomUUID } from "node:crypto";
import type { SessionActor } from "@/features/user/data";
import {
  buildCriteriaSet,
  buildHousehold,
  buildReference,
  buildRound,
  buildUnit,
  buildUser,
  ownerSql,
  placeUnit,
} from "./builders";

const MERGED_ON = "2025-07-01";

/** A commune that went into another on 1/7/2025, with the district that reviewed it and the review area that does now. */
export type DossierWorld = {
  province: number;
  district: number;
  reviewArea: number;
  oldCommune: number;
  commune: number;
  hamlet: number;
  neighbourCommune: number;
  neighbourHamlet: number;
  officer2024: SessionActor;
  districtReviewer: SessionActor;
  officer: SessionActor;
  otherOfficer: SessionActor;
  reviewer: SessionActor;
  otherReviewer: SessionActor;
  neighbour: SessionActor;
  leader: SessionActor;
};

/** Units, accounts and rounds for the road from submission to decision, in 2024 and in 2026. */
export async function buildDossierWorld(): Promise<DossierWorld> {
  await buildReference();
  const province = await buildUnit({ level: "PROVINCE" });
  const district = await buildUnit({ level: "DISTRICT", parentId: province, validTo: MERGED_ON });
  const reviewArea = await buildUnit({ level: "REVIEW_AREA", parentId: province, validFrom: MERGED_ON });
  const oldCommune = await buildUnit({ level: "COMMUNE", parentId: district, validTo: MERGED_ON });
  const commune = await buildUnit({ level: "COMMUNE", parentId: reviewArea, validFrom: MERGED_ON });
  await placeUnit({ childId: oldCommune, parentId: commune, validFrom: MERGED_ON, kind: "SUCCESSION" });
  const hamlet = await buildUnit({ level: "HAMLET" });
  await placeUnit({ childId: hamlet, parentId: oldCommune, validFrom: "2014-02-20", validTo: MERGED_ON });
  await placeUnit({ childId: hamlet, parentId: commune, validFrom: MERGED_ON });
  const neighbourCommune = await buildUnit({ level: "COMMUNE", parentId: reviewArea, validFrom: MERGED_ON });
  const neighbourHamlet = await buildUnit({
    level: "HAMLET",
    parentId: neighbourCommune,
    validFrom: MERGED_ON,
  });
  await buildRound({ unitId: province, year: 2024 });
  await buildRound({ unitId: province, year: 2026 });
  await buildCriteriaSet("FAMILY-TEMPLATE-2022", province);

  return {
    province,
    district,
    reviewArea,
    oldCommune,
    commune,
    hamlet,
    neighbourCommune,
    neighbourHamlet,
    officer2024: await buildUser({ role: "COMMUNE_OFFICER", unitId: oldCommune }),
    districtReviewer: await buildUser({ role: "REVIEWER", unitId: district }),
    officer: await buildUser({ role: "COMMUNE_OFFICER", unitId: commune }),
    otherOfficer: await buildUser({ role: "COMMUNE_OFFICER", unitId: commune }),
    reviewer: await buildUser({ role: "REVIEWER", unitId: reviewArea }),
    otherReviewer: await buildUser({ role: "REVIEWER", unitId: reviewArea }),
    neighbour: await buildUser({ role: "COMMUNE_OFFICER", unitId: neighbourCommune }),
    leader: await buildUser({ role: "PROVINCE_LEADER", unitId: province }),
  };
}

export type AnswerSheet = "passing" | "below" | "missing";

/** Answers to the family template: all of it at the best, half of it at no, or one criterion left open. */
export function familyAnswers(kind: AnswerSheet): Record<string, unknown> {
  const yes = kind !== "below";
  const answers: Record<string, unknown> = {
    "1.1": { numerator: 4, denominator: 4 },
    "1.2": { numerator: 4, denominator: 4 },
    "1.3": { yes },
    "2.1": { numerator: 4, denominator: 4 },
    "2.2": { numerator: 4, denominator: 4 },
    "2.3": { numerator: 2, denominator: 2, reason: "Đếm tại hộ" },
    "3.1": { yes },
    "3.2": { yes },
    "4.1": { yes },
    "4.2": { yes },
  };
  if (kind === "missing") delete answers["4.2"];

  return answers;
}

/** A household of the world's hamlet with a scored assessment; the assessment's id. */
export async function buildScoredFamily(
  world: DossierWorld,
  family: {
    year?: 2024 | 2026;
    sheet?: AnswerSheet;
    scoredBy?: string;
    hamletId?: number;
    communeId?: number;
  } = {},
): Promise<string> {
  const { year = 2026, sheet = "passing" } = family;
  const hamletId = family.hamletId ?? world.hamlet;
  const subjectId = await buildHousehold({ hamletId });
  const id = randomUUID();
  await ownerSql(
    `INSERT INTO assessment (id, subject_id, round_id, title, year, unit_id, commune_id, criteria_set_id, state, answers,
                             total, classification, missing_count, is_complete, is_recognisable, registered_on, scored_by, scored_at)
     SELECT $1, $2, r.id, 'FAMILY', r.year, $3, $4, (SELECT id FROM criteria_set WHERE code = 'FAMILY-TEMPLATE-2022'), 'DRAFT', $5,
            $6, $7, $8, $9, $10, make_date(r.year, 3, 1), $11, now()
       FROM round r WHERE r.title = 'FAMILY' AND r.year = $12 AND r.unit_id = $13`,
    [
      id,
      subjectId,
      hamletId,
      family.communeId ?? (year === 2024 ? world.oldCommune : world.commune),
      JSON.stringify(familyAnswers(sheet)),
      { passing: 100, below: 50, missing: 90 }[sheet],
      sheet === "passing" ? "PASS" : null,
      sheet === "missing" ? 1 : 0,
      sheet !== "missing",
      sheet === "passing",
      family.scoredBy ?? (year === 2024 ? world.officer2024.id : world.officer.id),
      year,
      world.province,
    ],
  );

  return id;
}

/** One assessment as the owner of the tables sees it. */
export async function assessmentRow(id: string): Promise<{
  state: string;
  dossier_id: string | null;
  submitted_by: string | null;
  reviewed_by: string | null;
  return_reason: string | null;
  return_count: number;
  total: string | null;
  version: number;
}> {
  const [row] = await ownerSql<Awaited<ReturnType<typeof assessmentRow>>>(
    "SELECT state, dossier_id, submitted_by, reviewed_by, return_reason, return_count, total, version FROM assessment WHERE id = $1",
    [id],
  );
  if (!row) throw new Error("no assessment");

  return row;
}

/** What is wrong with counters and log; both empty when all holds. */
export async function faults(): Promise<{ counters: unknown[]; log: unknown[] }> {
  return {
    counters: await ownerSql("SELECT * FROM recount_differences()"),
    log: await ownerSql("SELECT * FROM audit_broken()"),
  };
}
