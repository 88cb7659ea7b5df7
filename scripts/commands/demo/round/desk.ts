import type { Answers } from "@/domain/criteria/answer";
import { criteriaSetInForce } from "@/domain/criteria/in-force";
import { yearsHeld } from "@/domain/recognition/recognition";
import { score } from "@/domain/scoring/score";
import type { ScoreResult } from "@/domain/scoring/types";
import { TITLES, type TitleCode } from "@/domain/title/title";
import { pickName, pickSurname } from "../names";
import { bareName } from "../organisations";
import { idOf, type Random, randomOf } from "../random";
import type { Commune } from "../world";
import { type Candidate, luckOf, type Paper } from "./candidates";
import { fillIn, leaveOut } from "./fill";
import type { AssessmentRow, DemoCriteriaSet, RoundRows, Surroundings } from "./rows";
import { CALENDARS, type DemoYear, pickOutcome, progressOf, RETURN_REASONS } from "./scenario";

const DAY = 86_400_000;
const REPEATED = 0.03;
const EAGER = 1.35;

/** A moment of a working day in Vietnam (8:00 to 17:00), in milliseconds since 1970. */
function workingTime(day: string, plusDays: number, random: Random): number {
  return Date.parse(`${day}T01:00:00Z`) + plusDays * DAY + random.int(0, 9 * 3_600 - 1) * 1_000;
}

/** One title in one year, with what has been played so far. */
export type Play = Readonly<{
  around: Surroundings;
  rows: RoundRows;
  year: DemoYear;
  title: TitleCode;
  held: Set<string>;
}>;

/** One commune's work on one title in one year. */
export class Desk {
  private readonly key: string;
  private readonly dossierId: string;
  private readonly decisionId: string;
  private readonly submittedAt: number;
  private readonly reviewedAt: number;
  private readonly decidedAt: number;
  private readonly officerId: string;
  private readonly reviewerId: string;
  private readonly submitted: AssessmentRow[] = [];
  private readonly decided: AssessmentRow[] = [];
  private readonly criteriaSets = new Map<Candidate["variant"], DemoCriteriaSet>();

  constructor(
    private readonly play: Play,
    private readonly commune: Commune,
  ) {
    const { title, year, around } = play;
    const dates = CALENDARS[year][title];
    this.key = `${year}/${title}/${commune.era}-${commune.code}`;
    this.dossierId = idOf(`dossier/${this.key}`);
    this.decisionId = idOf(`decision/${this.key}`);
    const random = randomOf(`desk/${this.key}`);
    this.submittedAt = workingTime(dates.submit, 0, random);
    this.reviewedAt = workingTime(dates.review, 0, random);
    this.decidedAt = workingTime(dates.decide, 0, random);
    this.officerId = around.officerId(commune);
    this.reviewerId = around.reviewerId(commune);
  }

  /** Registers and scores a candidate, and submits it when it reaches the threshold and its time has come. */
  take(candidate: Candidate): void {
    const { title, year, held, rows } = this.play;
    const random = randomOf(`assessment/${this.key}/${candidate.subjectId}`);
    const progress = progressOf(this.commune, title, year);
    const eagerness = candidate.isEager ? EAGER : 1;
    if (!random.chance(progress.registered * eagerness)) return;

    const set = this.criteriaSet(candidate);
    const row = this.register(candidate, set, random);
    rows.assessments.push(row);
    const draw = random.next();
    const isScored = draw < progress.scored;
    if (!isScored && draw >= progress.scored + progress.started) return;

    const passes = luckOf(candidate.subjectId, year) < candidate.chance;
    const paper = candidate.paper(held, random, passes);
    const answers = isScored ? fillIn(set, paper, passes, random) : leaveOut(paper.answers, random);
    this.score(row, answers, paper, score(set.definition, answers, paper.derived), random);
    if (row.isRecognisable) this.submit(row, pickOutcome(progress.outcome, random.next()), random);
  }

  /** Writes dossier and decision once all candidates are through. Returns the subjects that were recognised. */
  close(): string[] {
    const { title, year, around, rows } = this.play;
    if (this.submitted.length === 0) return [];

    const reviewerUnitId = around.reviewerUnitId(this.commune);
    rows.dossiers.push({
      id: this.dossierId,
      roundId: around.roundId(title, year),
      title,
      year,
      unitId: this.commune.unitId,
      reviewerUnitId,
      submittedBy: this.officerId,
      submittedAt: this.submittedAt,
    });
    const detail = { title, year, submitted: this.submitted.length, reviewerUnitId };
    this.log(this.submittedAt - 1, "submit", "dossier.submit", {
      type: "dossier",
      id: this.dossierId,
      detail,
    });
    if (this.decided.length > 0) this.decide();

    return this.decided.map((row) => row.subjectId);
  }

  private criteriaSet(candidate: Candidate): DemoCriteriaSet {
    const { around, title, year } = this.play;
    const known = this.criteriaSets.get(candidate.variant);
    if (known) return known;

    const set = criteriaSetInForce(around.criteriaSets, {
      title,
      variant: candidate.variant,
      date: around.referenceDate(year),
      unitPath: [around.nationId],
    });
    if (!set) throw new Error(`No criteria set for ${title} in ${year}`);
    this.criteriaSets.set(candidate.variant, set);

    return set;
  }

  private register(candidate: Candidate, set: DemoCriteriaSet, random: Random): AssessmentRow {
    const { title, year, around } = this.play;
    const createdAt = workingTime(CALENDARS[year][title].register, random.int(0, 18), random);
    const row: AssessmentRow = {
      id: idOf(`assessment/${candidate.subjectId}/${title}/${year}`),
      subjectId: candidate.subjectId,
      roundId: around.roundId(title, year),
      title,
      year,
      unitId: candidate.leafUnitId,
      commune: this.commune,
      criteriaSetId: set.id,
      state: "REGISTERED",
      answers: {},
      derived: {},
      total: null,
      classification: null,
      missingCount: 0,
      isComplete: false,
      isRecognisable: false,
      registeredOn: new Date(createdAt).toISOString().slice(0, 10),
      createdAt,
      createdBy: this.officerId,
      scoredBy: null,
      scoredAt: null,
      dossierId: null,
      submittedBy: null,
      submittedAt: null,
      reviewedBy: null,
      reviewedAt: null,
      returnReason: null,
      returnCount: 0,
      version: 1,
    };
    const detail = { subjectId: row.subjectId, title, year, criteriaSetId: set.id };
    this.logRow(row, createdAt, `register/${row.id}`, "assessment.register", this.officerId, detail);

    return row;
  }

  private score(
    row: AssessmentRow,
    answers: Answers,
    paper: Paper,
    result: ScoreResult,
    random: Random,
  ): void {
    const { title, year } = this.play;
    const { score: from, days } = CALENDARS[year][title];
    row.answers = answers;
    row.derived = paper.derived;
    row.state = "DRAFT";
    row.total = result.total;
    row.classification = result.classification;
    row.missingCount = result.missing.length;
    row.isComplete = result.complete;
    row.isRecognisable = result.recognisable;
    row.scoredBy = this.officerId;
    row.scoredAt = workingTime(from, random.int(0, days - 1), random);
    row.version += 1;
    const detail = { total: result.total, missing: row.missingCount, version: row.version };
    this.logRow(row, row.scoredAt, `score/${row.id}`, "assessment.score", this.officerId, detail);
  }

  private submit(row: AssessmentRow, outcome: ReturnType<typeof pickOutcome>, random: Random): void {
    if (outcome === "ready") return;
    this.submitted.push(row);
    row.dossierId = this.dossierId;
    row.submittedBy = this.officerId;
    row.submittedAt = this.submittedAt;
    row.state = "SUBMITTED";
    this.logSubmission(row, "DRAFT", this.submittedAt);
    if (outcome === "submitted") return;

    if (outcome === "returned") {
      this.sendBack(row, this.reviewedAt, random);
      row.state = "RETURNED";
      return;
    }
    let approvedAt = this.reviewedAt;
    if (outcome === "recognised" && random.chance(REPEATED)) {
      // Returned two days before the others are approved, corrected and sent again the day after.
      this.sendBack(row, this.reviewedAt - 2 * DAY, random);
      row.submittedAt = this.reviewedAt - DAY;
      this.logSubmission(row, "RETURNED", row.submittedAt);
      approvedAt = this.reviewedAt + 60_000;
    }
    this.approve(row, approvedAt);
    if (outcome === "recognised") this.decided.push(row);
  }

  private logSubmission(row: AssessmentRow, from: string, at: number): void {
    row.version += 1;
    const detail = { from, total: row.total, classification: row.classification };
    const request = from === "DRAFT" ? `submit/${this.key}` : `submit/${row.id}`;
    this.logRow(row, at, request, "assessment.submit", this.officerId, detail);
  }

  private sendBack(row: AssessmentRow, at: number, random: Random): void {
    row.reviewedBy = this.reviewerId;
    row.reviewedAt = at;
    row.returnReason = random.pick(RETURN_REASONS[this.play.title]);
    row.returnCount = 1;
    row.version += 1;
    this.logRow(row, at, `return/${row.id}`, "assessment.requestChanges", this.reviewerId, {
      from: "SUBMITTED",
    });
  }

  private approve(row: AssessmentRow, at: number): void {
    row.state = "APPROVED";
    row.reviewedBy = this.reviewerId;
    row.reviewedAt = at;
    row.version += 1;
    this.logRow(row, at, `approve/${this.key}/${at}`, "assessment.approve", this.reviewerId, {});
  }

  private decide(): void {
    const { title, year, rows } = this.play;
    const random = randomOf(`decision/${this.key}`);
    const decidedOn = CALENDARS[year][title].decide;
    const { district } = this.commune;
    const chair = `${pickName(pickSurname(district.region, random), random.chance(0.75) ? "MALE" : "FEMALE", random)}`;
    const number = `${random.int(20, 480)}/QĐ-UBND`;
    rows.decisions.push({
      id: this.decisionId,
      dossierId: this.dossierId,
      unitId: this.commune.unitId,
      number,
      decidedOn,
      signer: `${chair}, Chủ tịch UBND ${this.commune.type.toLowerCase()} ${bareName(this.commune)}`,
      createdBy: this.reviewerId,
      createdAt: this.decidedAt,
    });
    this.log(this.decidedAt - 1, "decide", "dossier.decide", {
      type: "decision",
      id: this.decisionId,
      detail: { dossierId: this.dossierId, number, decidedOn, recognised: this.decided.length },
    });
    for (const row of this.decided) {
      row.state = "RECOGNISED";
      row.version += 1;
      rows.recognitions.push({
        id: idOf(`recognition/${row.id}`),
        subjectId: row.subjectId,
        title,
        assessmentId: row.id,
        decisionId: this.decisionId,
        communeId: this.commune.unitId,
        ...yearsHeld(year, TITLES[title].validityYears),
      });
      const detail = { decisionId: this.decisionId };
      this.logRow(row, this.decidedAt, `decide/${this.key}`, "assessment.recognise", this.reviewerId, detail);
    }
  }

  private log(
    at: number,
    step: "submit" | "decide",
    verb: string,
    what: Readonly<{ type: string; id: string; detail: Readonly<Record<string, string | number>> }>,
  ): void {
    const actorId = step === "submit" ? this.officerId : this.reviewerId;
    this.play.rows.entries.push({
      chainId: this.commune.unitId,
      at,
      actorId,
      request: `${step}/${this.key}`,
      verb,
      ...what,
    });
  }

  private logRow(
    row: AssessmentRow,
    at: number,
    request: string,
    verb: string,
    actorId: string,
    detail: Readonly<Record<string, string | number | null>>,
  ): void {
    const chainId = this.commune.unitId;
    this.play.rows.entries.push({
      chainId,
      at,
      actorId,
      request,
      verb,
      type: "assessment",
      id: row.id,
      detail,
    });
  }
}
