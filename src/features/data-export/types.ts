import type { Capability } from "@/domain/access/access";
import type { AssessmentState } from "@/domain/recognition/recognition";
import type { PageScope } from "@/features/user/page-scope";
import type { CellValue } from "@/lib/spreadsheet/cell";
import type { WriteColumn } from "@/lib/spreadsheet/write";

/** The two kinds of file a list is taken out as. */
export const FILE_FORMATS = ["xlsx", "csv"] as const;
export type FileFormat = (typeof FILE_FORMATS)[number];

/** One entry of the register with everything its columns show. What its kind does not have is absent. */
export type RegistryRecord = Readonly<{
  number: string;
  name: string;
  unitName: string;
  /** absent for an entry of no commune */
  communeName: string | null;
  activeFrom: string;
  activeTo: string | null;
  closeReason: string | null;
  assessmentId: string | null;
  state: AssessmentState | null;
  isComplete: boolean;
  total: number | null;
  classification: string | null;
  criteriaSetId: number | null;
  headBirthYear?: number | null;
  address?: string;
  isAssociationMember?: boolean;
  clanName?: string | null;
  poverty?: "NONE" | "POOR" | "NEAR_POOR";
  hasSchoolAgeChildren?: boolean;
  birthYear?: number;
  sex?: "MALE" | "FEMALE";
  householdNumber?: string | null;
  householdName?: string | null;
  variant?: "FARMER" | "WORKER" | "OFFICIAL" | "STUDENT";
  isWorker?: boolean;
  organisationName?: string | null;
  digitalSkill?: "NONE" | "HAS" | "FLUENT";
  /** whether an identity number is kept; false also where the reader may not know */
  hasIdentity?: boolean;
  headName?: string;
  isPromotion?: boolean;
  organisationKind?: string;
  organisationLevel?: string;
  hamletKind?: string;
  isSpeciallyDifficult?: boolean;
}>;

/** A list ready to be written: what it is called, its columns, and its rows as they are drawn. */
export type ExportTable = Readonly<{
  /** of the file, without its ending */
  fileName: string;
  sheetName: string;
  columns: readonly WriteColumn[];
  rows: AsyncIterable<readonly CellValue[]>;
}>;

/** What is taken out, in facts for the log: which list, how many rows, by which filters. Never what the filters look for. */
export type ExportFacts = Readonly<{
  list: "registry" | "assessment" | "dossier" | "audit" | "official" | "template" | "dashboard";
  rows: number;
  year: number;
  title?: string;
  filters?: readonly string[];
}>;

/** A list that a person may take out: whose it is, by which right, what the log says of it. */
export type ExportList = Readonly<{
  scope: PageScope;
  capability: Capability;
  facts: ExportFacts;
  table: ExportTable;
}>;
