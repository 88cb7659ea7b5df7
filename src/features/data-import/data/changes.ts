import "server-only";
import { CITIZEN_VARIANT_NAMES } from "@/domain/title/title";
import {
  DIGITAL_SKILL_NAMES,
  ORGANISATION_KIND_NAMES,
  ORGANISATION_LEVEL_NAMES,
  POVERTY_NAMES,
  SEX_NAMES,
} from "@/features/registry/constants";
import type { Tx } from "@/lib/db/scope";
import type { ImportField, RowChange } from "../types";

/** A difference as the check keeps it: units and entries by id, choices by code, identity numbers as keyed hashes. */
export type StoredChange = Readonly<{ field: ImportField; from: unknown; to: unknown }>;

const CHOICE_NAMES: Readonly<Partial<Record<ImportField, Readonly<Record<string, string>>>>> = {
  poverty: POVERTY_NAMES,
  sex: SEX_NAMES,
  occupation: CITIZEN_VARIANT_NAMES,
  digitalSkill: DIGITAL_SKILL_NAMES,
  organisationKind: ORGANISATION_KIND_NAMES,
  organisationLevel: ORGANISATION_LEVEL_NAMES,
};
const ENTRY_FIELDS: ReadonlySet<ImportField> = new Set(["clan", "household", "organisation"]);
const ENTRY_ID = /^[0-9a-f]{8}-/;

/** The rows with their differences as a person reads them; of an identity number only that there is one. */
export async function withReadableChanges<R extends { changes: readonly StoredChange[] | null }>(
  tx: Tx,
  rows: readonly R[],
): Promise<(Omit<R, "changes"> & { changes: readonly RowChange[] | null })[]> {
  const all = rows.flatMap(({ changes }) => changes ?? []);
  const valuesOf = (isOf: (field: ImportField) => boolean) =>
    all.filter(({ field }) => isOf(field)).flatMap(({ from, to }) => [from, to]);
  const unitIds = valuesOf((field) => field === "hamlet").filter((value) => typeof value === "number");
  const entryIds = valuesOf((field) => ENTRY_FIELDS.has(field)).filter(
    (value): value is string => typeof value === "string" && ENTRY_ID.test(value),
  );
  const names = new Map(
    (
      await tx.$queryRaw<{ key: string; name: string }[]>`
        SELECT id::text AS key, name FROM unit WHERE id = ANY (${unitIds}::int[])
        UNION ALL SELECT id::text, name FROM subject WHERE id = ANY (${entryIds}::uuid[])`
    ).map(({ key, name }) => [key, name]),
  );
  const read = ({ field, from, to }: StoredChange): RowChange =>
    field === "identityNumber"
      ? { field, from: from === null ? "" : "số đang ghi", to: "số trong tệp" }
      : { field, from: textOf(field, from, names), to: textOf(field, to, names) };

  return rows.map((row) => ({ ...row, changes: row.changes?.map(read) ?? null }));
}

function textOf(field: ImportField, value: unknown, names: ReadonlyMap<string, string>): string {
  if (value === null || value === undefined) return "";
  if (typeof value === "boolean") return value ? "có" : "không";
  const text = String(value);
  if (field === "hamlet") return names.get(text) ?? "thôn mới trong tệp";
  if (ENTRY_FIELDS.has(field))
    return (
      names.get(text) ?? (text.startsWith("#") ? "hộ mới trong tệp" : ENTRY_ID.test(text) ? "mục khác" : text)
    );

  return CHOICE_NAMES[field]?.[text] ?? text;
}
