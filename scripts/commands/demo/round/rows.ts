import type { Answers } from "@/domain/criteria/answer";
import type { CriteriaSetDefinition, DerivedValues } from "@/domain/criteria/criteria-set";
import type { CriteriaSetHeader } from "@/domain/criteria/in-force";
import type { AssessmentState } from "@/domain/recognition/recognition";
import type { TitleCode } from "@/domain/title/title";
import type { Entry } from "../log";
import type { Commune } from "../world";
import type { DemoYear } from "./scenario";

/** One assessment as it is stored. Times in milliseconds since 1970. */
export type AssessmentRow = {
  id: string;
  subjectId: string;
  roundId: number;
  title: TitleCode;
  year: DemoYear;
  unitId: number;
  commune: Commune;
  criteriaSetId: number;
  state: AssessmentState;
  answers: Answers;
  derived: DerivedValues;
  total: number | null;
  classification: string | null;
  missingCount: number;
  isComplete: boolean;
  isRecognisable: boolean;
  registeredOn: string;
  createdAt: number;
  createdBy: string;
  scoredBy: string | null;
  scoredAt: number | null;
  dossierId: string | null;
  submittedBy: string | null;
  submittedAt: number | null;
  reviewedBy: string | null;
  reviewedAt: number | null;
  returnReason: string | null;
  returnCount: number;
  version: number;
};

export type DossierRow = Readonly<{
  id: string;
  roundId: number;
  title: TitleCode;
  year: DemoYear;
  unitId: number;
  reviewerUnitId: number;
  submittedBy: string;
  submittedAt: number;
}>;

export type DecisionRow = Readonly<{
  id: string;
  dossierId: string;
  unitId: number;
  number: string;
  decidedOn: string;
  signer: string;
  createdBy: string;
  createdAt: number;
}>;

export type RecognitionRow = Readonly<{
  id: string;
  subjectId: string;
  title: TitleCode;
  assessmentId: string;
  decisionId: string;
  communeId: number;
  firstYear: number;
  lastYear: number;
}>;

/** All that the rounds leave behind. */
export type RoundRows = {
  readonly assessments: AssessmentRow[];
  readonly dossiers: DossierRow[];
  readonly decisions: DecisionRow[];
  readonly recognitions: RecognitionRow[];
  readonly entries: Entry[];
};

export type DemoCriteriaSet = CriteriaSetHeader<number> &
  Readonly<{ id: number; version: number; definition: CriteriaSetDefinition }>;

/** What the rounds need to know of the database. */
export type Surroundings = Readonly<{
  nationId: number;
  criteriaSets: readonly DemoCriteriaSet[];
  roundId: (title: TitleCode, year: DemoYear) => number;
  referenceDate: (year: DemoYear) => string;
  /** The district, from 2025 the review area, of a commune. */
  reviewerUnitId: (commune: Commune) => number;
  officerId: (commune: Commune) => string;
  reviewerId: (commune: Commune) => string;
}>;
