import { CLAN_FIELDS, COMMUNITY_FIELDS, ORGANISATION_FIELDS } from "./fields/bodies";
import { CITIZEN_FIELDS, FAMILY_FIELDS } from "./fields/people";
import type { FieldDefinition } from "./fields/shared";
import type { ImportField, ImportTarget } from "./types";

export type { FieldDefinition } from "./fields/shared";

/** What each register takes from a list, in the order of our template. */
export const IMPORT_TARGET_FIELDS: Readonly<Record<ImportTarget, readonly FieldDefinition[]>> = {
  FAMILY: FAMILY_FIELDS,
  CITIZEN: CITIZEN_FIELDS,
  CLAN: CLAN_FIELDS,
  ORGANISATION: ORGANISATION_FIELDS,
  COMMUNITY: COMMUNITY_FIELDS,
};

/** The definition of a field in a register; undefined when the register has no such field. */
export function fieldOf(target: ImportTarget, field: ImportField): FieldDefinition | undefined {
  return IMPORT_TARGET_FIELDS[target].find((one) => one.field === field);
}
