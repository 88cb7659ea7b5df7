import type pg from "pg";
import { copyRows } from "./copy";
import type { EvidenceFileRow, EvidenceLinkRow } from "./evidence";
import type { ChainHead, SealedAction } from "./log";
import type { AssessmentRow, RoundRows } from "./round/rows";

const time = (milliseconds: number | null) => (milliseconds === null ? null : new Date(milliseconds));

/** Assessments, dossiers, decisions and recognitions. */
export async function loadRoundRows(db: pg.Client, rows: RoundRows): Promise<void> {
  await copyRows(
    db,
    "dossier",
    ["id", "round_id", "title", "year", "unit_id", "reviewer_unit_id", "submitted_by", "submitted_at"],
    rows.dossiers,
    (one) => [
      one.id,
      one.roundId,
      one.title,
      one.year,
      one.unitId,
      one.reviewerUnitId,
      one.submittedBy,
      time(one.submittedAt),
    ],
  );
  await copyAssessments(db, rows.assessments);
  await copyRows(
    db,
    "decision",
    ["id", "dossier_id", "unit_id", "number", "decided_on", "signer", "created_by", "created_at"],
    rows.decisions,
    (one) => [
      one.id,
      one.dossierId,
      one.unitId,
      one.number,
      one.decidedOn,
      one.signer,
      one.createdBy,
      time(one.createdAt),
    ],
  );
  await copyRows(
    db,
    "recognition",
    ["id", "subject_id", "title", "assessment_id", "decision_id", "commune_id", "first_year", "last_year"],
    rows.recognitions,
    (one) => [
      one.id,
      one.subjectId,
      one.title,
      one.assessmentId,
      one.decisionId,
      one.communeId,
      one.firstYear,
      one.lastYear,
    ],
  );
}

async function copyAssessments(db: pg.Client, assessments: readonly AssessmentRow[]): Promise<void> {
  await copyRows(
    db,
    "assessment",
    [
      "id",
      "subject_id",
      "round_id",
      "title",
      "year",
      "unit_id",
      "commune_id",
      "criteria_set_id",
      "state",
      "answers",
      "derived",
      "total",
      "classification",
      "missing_count",
      "is_complete",
      "is_recognisable",
      "registered_on",
      "created_by",
      "created_at",
      "scored_by",
      "scored_at",
      "dossier_id",
      "submitted_by",
      "submitted_at",
      "reviewed_by",
      "reviewed_at",
      "return_reason",
      "return_count",
      "version",
    ],
    assessments,
    (one) => [
      one.id,
      one.subjectId,
      one.roundId,
      one.title,
      one.year,
      one.unitId,
      one.commune.unitId,
      one.criteriaSetId,
      one.state,
      { json: one.answers },
      { json: one.derived },
      one.total,
      one.classification,
      one.missingCount,
      one.isComplete,
      one.isRecognisable,
      one.registeredOn,
      one.createdBy,
      time(one.createdAt),
      one.scoredBy,
      time(one.scoredAt),
      one.dossierId,
      one.submittedBy,
      time(one.submittedAt),
      one.reviewedBy,
      time(one.reviewedAt),
      one.returnReason,
      one.returnCount,
      one.version,
    ],
  );
}

/** Evidence files and what they prove. */
export async function loadEvidence(
  db: pg.Client,
  files: readonly EvidenceFileRow[],
  links: readonly EvidenceLinkRow[],
): Promise<void> {
  await copyRows(
    db,
    "evidence_file",
    ["id", "commune_id", "sha256", "mime", "byte_size", "label", "storage_key", "uploaded_by", "uploaded_at"],
    files,
    (one) => [
      one.id,
      one.communeId,
      one.sha256,
      one.mime,
      one.byteSize,
      one.label,
      one.storageKey,
      one.uploadedBy,
      time(one.uploadedAt),
    ],
  );
  await copyRows(
    db,
    "evidence_link",
    ["id", "file_id", "assessment_id", "item_code", "linked_by", "linked_at"],
    links,
    (one) => [one.id, one.fileId, one.assessmentId, one.itemCode, one.linkedBy, time(one.linkedAt)],
  );
}

/**
 * The log, written as the owner with the times of the play. `append_actions` would date all of it to this moment; the chain
 * is the same, and `audit-verify` checks it like any other.
 */
export async function loadLog(
  db: pg.Client,
  actions: readonly SealedAction[],
  heads: readonly ChainHead[],
): Promise<void> {
  await copyRows(
    db,
    "action",
    [
      "chain_id",
      "seq",
      "request_id",
      "actor_id",
      "verb",
      "entity_type",
      "entity_id",
      "at",
      "detail",
      "prev_hash",
      "hash",
    ],
    actions,
    (one) => [
      one.chainId,
      one.seq,
      one.requestId,
      one.actorId,
      one.verb,
      one.entityType,
      one.entityId,
      one.at,
      one.detail,
      one.prevHash,
      one.hash,
    ],
  );
  await copyRows(db, "chain_head", ["chain_id", "seq", "hash"], heads, (one) => [
    one.chainId,
    one.seq,
    one.hash,
  ]);
}
