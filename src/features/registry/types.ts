import type { AssessmentState } from "@/domain/recognition/recognition";
import type { TitleCode } from "@/domain/title/title";

/** A hamlet or commune as a place to stand. */
export type Place = { id: number; name: string; level: string; validFrom: Date };

/** One row of the register in a year. */
export type SubjectRow = {
  id: string;
  title: TitleCode;
  /** what people call it by, see entryCode */
  number: number;
  name: string;
  unitId: number;
  unitName: string;
  /** the commune of that hamlet; null where it stands in the commune itself */
  communeName: string | null;
  /** year of birth of a citizen */
  birthYear: number | null;
  assessmentId: string | null;
  state: AssessmentState | null;
  /** whether every criterion of that assessment is answered */
  isComplete: boolean;
  total: number | null;
  isClosed: boolean;
};

/** The counters of one title over a set of leaves. */
export type TitleTotals = {
  total: number;
  registered: number;
  scored: number;
  submitted: number;
  recognised: number;
};

export type RegistryTotals = Record<TitleCode, TitleTotals>;

/** One unit to walk down to, with the counters of one title. */
export type UnitTotals = TitleTotals & { id: number; name: string; level: string };

/** One fact of an entry as people read it. `field` names the form field it is edited in. */
export type Fact = { field: string; label: string; text: string };

/** How many entries of one kind something concerns. */
export type TitleCount = { title: TitleCode; count: number };
