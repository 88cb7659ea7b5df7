import type { Answers } from "@/domain/criteria/answer";
import type { CriteriaSetDefinition, DerivedMeasure, DerivedValues } from "@/domain/criteria/criteria-set";
import type { AssessmentState } from "@/domain/recognition/recognition";
import type { TitleCode } from "@/domain/title/title";

/** The shares the system counted for a subject, and which of them stand on an officially entered total. */
export type Derived = Readonly<{ values: DerivedValues; official: readonly DerivedMeasure[] }>;

/** A criteria set as an assessment was scored with it. */
export type UsedCriteriaSet = Readonly<{
  id: number;
  code: string;
  version: number;
  name: string;
  legalBasis: string;
  issuer: string;
  status: string;
  definition: CriteriaSetDefinition;
}>;

/** The columns of an assessment that follow from its answers. `total` in points to hundredths. */
export type ScoreColumns = Readonly<{
  total: number;
  classification: string | null;
  missingCount: number;
  isComplete: boolean;
  isRecognisable: boolean;
  derived: DerivedValues;
}>;

/** A step somebody took: who (name, for display) and when. */
export type Step = Readonly<{ by: string; byId: string; at: Date }>;

/** One assessment with all that a scoring sheet shows of it. Dates without time as yyyy-mm-dd. */
export type AssessmentSheet = Readonly<{
  id: string;
  title: TitleCode;
  year: number;
  state: AssessmentState;
  version: number;
  subject: Readonly<{ id: string; name: string }>;
  unit: Readonly<{ id: number; name: string }>;
  commune: Readonly<{ id: number; name: string }>;
  referenceDate: string;
  registeredOn: string;
  criteriaSet: UsedCriteriaSet;
  answers: Answers;
  /** Live while the sheet is open, as frozen at submission afterwards. */
  derived: Derived;
  isDerivedFrozen: boolean;
  stored: Readonly<{
    total: number | null;
    classification: string | null;
    missingCount: number;
    isComplete: boolean;
    isRecognisable: boolean;
  }>;
  dossierId: string | null;
  scored: Step | null;
  submitted: Step | null;
  reviewed: Step | null;
  returnReason: string | null;
  returnCount: number;
  decision: Readonly<{
    number: string;
    decidedOn: string;
    signer: string;
    firstYear: number;
    lastYear: number;
  }> | null;
}>;

/** Whom the register counts: children of 6 to 17, adults from 18, literacy from 19 to 60, by year of birth. */
export type RegisterGroup = "families" | "members" | "adults" | "literacy" | "children";

/** A count of the register that may serve as the denominator of a share ("người lớn": 4). */
export type RegisterCount = Readonly<{
  group: RegisterGroup;
  label: string;
  count: number;
  /** Why an item about the group does not apply when it is empty; null where the register may not know everybody. */
  reasonWhenNone: string | null;
}>;

/** One subject of a title in a year, registered or not. */
export type AssessmentListItem = Readonly<{
  subjectId: string;
  name: string;
  unitId: number;
  unitName: string;
  assessmentId: string | null;
  state: AssessmentState | null;
  total: number | null;
  classification: string | null;
  className: string | null;
  missingCount: number | null;
  isComplete: boolean;
  /** Not closed: may still be registered or scored by its commune. */
  isOpen: boolean;
}>;

/** How far a title has come in a unit and year. */
export type AssessmentProgress = Readonly<{
  subjects: number;
  registered: number;
  scored: number;
  returned: number;
  submitted: number;
  recognised: number;
}>;
