import "server-only";
import { createHash } from "node:crypto";
import { parseEntryCode } from "@/domain/title/entry-code";
import { sealIdentity } from "@/features/registry/data/identity";
import { hamletName } from "@/features/registry/utils";
import type { CopyInto } from "@/lib/db/job";
import type { Tx } from "@/lib/db/scope";
import type { Spreadsheet } from "@/lib/spreadsheet/spreadsheet";
import { toSearchKey } from "@/lib/text/search-key";
import { matchHamlet } from "../parse/hamlet";
import { parseRows } from "../parse/rows";
import type {
  FieldColumns,
  ImportField,
  ImportPlan,
  ParsedRow,
  Problem,
  ProblemCode,
  RowFacts,
} from "../types";

const STAGE_COLUMNS =
  "ordinal, sheet, row_number, target, unit_id, problems, facts, name_key, birth_year, number, content, household_no, household_key, household_code, is_head, clan_key, organisation_key, identity_hash, identity_cipher";

/** A hamlet of the commune, or one the file or the plan makes: those have numbers below zero until they are written. */
export type StagedHamlet = { id: number; name: string; kind: string | null };

export type Staged = Readonly<{
  rows: number;
  hamlets: readonly StagedHamlet[];
  unknownHamlets: { key: string; text: string; rows: number }[];
}>;

/** The table in which the rows of a file are judged: gone with the transaction, seen by nobody else. */
export async function createStage(tx: Tx): Promise<void> {
  await tx.$executeRaw`
    CREATE TEMP TABLE import_stage (
      ordinal int NOT NULL, sheet text NOT NULL, row_number int NOT NULL, target text NOT NULL, unit_id int, problems jsonb NOT NULL,
      facts jsonb NOT NULL, name_key text NOT NULL, birth_year int, number bigint, content text, household_no text, household_key text,
      household_code bigint, is_head boolean, clan_key text, organisation_key text, identity_hash bytea, identity_cipher bytea,
      is_derived boolean NOT NULL DEFAULT false, verdict text, household_ordinal int, household_id uuid, clan_id uuid,
      organisation_id uuid) ON COMMIT DROP`;
}

/** Reads the file by the plan into the stage: resolves hamlets and codes, seals identity numbers, leaves the register alone. */
export async function stageRows(
  spreadsheet: Spreadsheet,
  given: Readonly<{
    tx: Tx;
    copyInto: CopyInto;
    plan: ImportPlan;
    communeId: number;
    hamlets: readonly StagedHamlet[];
    columns: FieldColumns;
    onRow: (count: number) => void;
  }>,
): Promise<Staged> {
  const { plan, copyInto, tx } = given;
  const hamlets = [...given.hamlets, ...(await hamletsOfFile(spreadsheet, plan, given.hamlets))];
  const places = new Places(plan, hamlets);
  let count = 0;

  async function* lines(): AsyncGenerator<string> {
    let block = "";
    for await (const row of parseRows(spreadsheet, plan)) {
      block += stageLine(count, row, { communeId: given.communeId, places, columns: given.columns });
      count += 1;
      if (block.length > 65_536) {
        yield block;
        block = "";
        given.onRow(count);
      }
    }
    if (block !== "") yield block;
  }

  await createStage(tx);
  await copyInto(`import_stage (${STAGE_COLUMNS})`, lines());
  await tx.$executeRaw`ANALYZE import_stage`;

  return { rows: count, hamlets, unknownHamlets: places.unknown() };
}

/** Hamlets that the file itself enters, and those the plan makes, that the commune does not have. */
async function hamletsOfFile(
  spreadsheet: Spreadsheet,
  plan: ImportPlan,
  known: readonly StagedHamlet[],
): Promise<StagedHamlet[]> {
  const made: StagedHamlet[] = [];
  const add = (name: string, kind: string) => {
    const full = hamletName(kind, name);
    const standing = [...known, ...made];
    if (standing.some((one) => toSearchKey(one.name) === toSearchKey(full))) return;
    made.push({ id: -(made.length + 1), name: full, kind });
  };
  for (const choice of Object.values(plan.hamlets)) {
    if ("create" in choice) add(choice.create.name, choice.create.kind);
  }
  const sheets = plan.sheets.filter(({ target }) => target === "COMMUNITY");
  if (sheets.length > 0) {
    for await (const { facts, problems } of parseRows(spreadsheet, { ...plan, sheets })) {
      if (problems.length > 0 || !facts.name || facts.code) continue;
      if (matchHamlet(facts.name, known) === null) add(facts.name, facts.hamletKind ?? "Thôn");
    }
  }

  return made;
}

/** Finds the hamlet a row names; each text is worked out once. */
class Places {
  readonly #plan: ImportPlan;
  readonly #hamlets: readonly StagedHamlet[];
  readonly #found = new Map<string, number | null>();
  readonly #unknown = new Map<string, { key: string; text: string; rows: number }>();

  constructor(plan: ImportPlan, hamlets: readonly StagedHamlet[]) {
    this.#plan = plan;
    this.#hamlets = hamlets;
  }

  find(text: string): number | null {
    let id = this.#found.get(text);
    if (id === undefined) {
      id = this.#resolve(text);
      this.#found.set(text, id);
    }
    if (id === null) {
      const key = toSearchKey(text);
      const seen = this.#unknown.get(key) ?? { key, text, rows: 0 };
      this.#unknown.set(key, { ...seen, rows: seen.rows + 1 });
    }

    return id;
  }

  /** The hamlet of an entry that is a hamlet; null for a new one that nobody makes. */
  own(name: string): number | null {
    return matchHamlet(name, this.#hamlets)?.id ?? null;
  }

  unknown(): { key: string; text: string; rows: number }[] {
    return [...this.#unknown.values()].sort((a, b) => b.rows - a.rows).slice(0, 200);
  }

  #resolve(text: string): number | null {
    const chosen = this.#plan.hamlets[toSearchKey(text)];
    if (chosen && "unitId" in chosen) {
      return this.#hamlets.find(({ id }) => id === chosen.unitId)?.id ?? null;
    }
    if (chosen) return this.own(hamletName(chosen.create.kind, chosen.create.name));

    return this.own(text);
  }
}

function stageLine(
  ordinal: number,
  row: ParsedRow,
  { communeId, places, columns }: Readonly<{ communeId: number; places: Places; columns: FieldColumns }>,
): string {
  const { target, facts } = row;
  const problems: Problem[] = [...row.problems];
  const add = (field: ImportField, code: ProblemCode) => {
    if (!problems.some((one) => one.code === code && one.field === field)) {
      problems.push({ field, column: columns[row.sheet]?.[field] ?? null, code });
    }
  };

  const unitId = unitOf(row, { communeId, places, add });
  const code = facts.code === undefined ? undefined : parseEntryCode(facts.code);
  if (facts.code !== undefined && code?.title !== target) add("code", "CODE_UNKNOWN");
  const household = facts.household === undefined ? undefined : parseEntryCode(facts.household);
  const sealed = facts.identityNumber === undefined ? undefined : sealIdentity(facts.identityNumber);
  const { identityNumber: _sealed, hamlet: _placed, ...kept } = facts;

  return copyLine([
    ordinal,
    row.sheet,
    row.rowNumber,
    target,
    unitId,
    JSON.stringify(problems),
    JSON.stringify(kept),
    nameKey(row),
    target === "FAMILY" ? facts.headBirthYear : facts.birthYear,
    code?.title === target ? code.number : null,
    contentOf(facts),
    facts.householdNumber,
    household === undefined && facts.household !== undefined ? toSearchKey(facts.household) : null,
    household?.title === "FAMILY" ? household.number : null,
    facts.isHead,
    facts.clan === undefined ? null : toSearchKey(facts.clan),
    facts.organisation === undefined ? null : toSearchKey(facts.organisation),
    sealed?.hash,
    sealed?.cipher,
  ]);
}

function nameKey({ target, facts }: ParsedRow): string {
  if (facts.name === undefined) return "";

  return toSearchKey(
    target === "COMMUNITY" ? hamletName(facts.hamletKind ?? "Thôn", facts.name) : facts.name,
  );
}

function unitOf(
  { target, facts, problems }: ParsedRow,
  given: Readonly<{
    communeId: number;
    places: Places;
    add: (field: ImportField, code: ProblemCode) => void;
  }>,
): number | null {
  const { communeId, places, add } = given;
  if (target === "ORGANISATION") return communeId;
  if (target === "COMMUNITY") return facts.name === undefined ? null : places.own(facts.name);
  if (facts.hamlet !== undefined) {
    const id = places.find(facts.hamlet);
    if (id === null) add("hamlet", "HAMLET_UNKNOWN");

    return id;
  }
  // An entry named by its code stays where it stands.
  if (facts.code === undefined && !problems.some(({ field }) => field === "hamlet")) {
    add("hamlet", "HAMLET_MISSING");
  }

  return null;
}

/** Two rows with the same content say the same; the hamlet counts as resolved, not as written. */
function contentOf({ hamlet: _hamlet, ...facts }: RowFacts): string {
  const sorted = Object.entries(facts)
    .filter(([, value]) => value !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1));

  return createHash("sha256").update(JSON.stringify(sorted)).digest("base64").slice(0, 24);
}

type Cell = string | number | boolean | Uint8Array | null | undefined;

/** One line in PostgreSQL's text format of COPY. */
export function copyLine(cells: readonly Cell[]): string {
  return `${cells.map(copyCell).join("\t")}\n`;
}

function copyCell(cell: Cell): string {
  if (cell === null || cell === undefined) return "\\N";
  if (typeof cell === "string") return cell.replace(/[\\\t\n\r]/g, (char) => ESCAPES[char] ?? char);
  if (typeof cell === "object") return `\\\\x${Buffer.from(cell).toString("hex")}`;

  return String(cell);
}

const ESCAPES: Readonly<Record<string, string>> = { "\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r" };
