/** Column → key of the image, with the type it is read as. */
export type Columns = readonly (readonly [
  column: string,
  key: string,
  type: "text" | "int" | "boolean" | "uuid" | "date",
])[];

/** What the journal keeps of the subject itself, homes aside. */
export const SUBJECT_COLUMNS: Columns = [
  ["name", "name", "text"],
  ["unit_id", "unitId", "int"],
  ["active_from", "activeFrom", "date"],
  ["active_to", "activeTo", "date"],
  ["close_reason", "closeReason", "text"],
  ["merged_into_id", "mergedIntoId", "uuid"],
];
/** What it keeps of each kind of detail. */
export const DETAIL_COLUMNS: Readonly<Record<"household" | "citizen" | "clan" | "organisation", Columns>> = {
  household: [
    ["address", "address", "text"],
    ["head_birth_year", "headBirthYear", "int"],
    ["is_association_member", "isAssociationMember", "boolean"],
    ["clan_id", "clanId", "uuid"],
    ["poverty", "poverty", "text"],
    ["has_school_age_children", "hasSchoolAgeChildren", "boolean"],
  ],
  citizen: [
    ["birth_year", "birthYear", "int"],
    ["sex", "sex", "text"],
    ["household_id", "householdId", "uuid"],
    ["variant", "variant", "text"],
    ["is_worker", "isWorker", "boolean"],
    ["organisation_id", "organisationId", "uuid"],
    ["digital_skill", "digitalSkill", "text"],
  ],
  clan: [
    ["head_name", "headName", "text"],
    ["is_promotion", "isPromotion", "boolean"],
  ],
  organisation: [
    ["kind", "kind", "text"],
    ["level", "level", "text"],
  ],
};

/** The table that holds the facts of a title; a hamlet has none of its own. */
export const DETAIL_TABLE = {
  FAMILY: "household",
  CITIZEN: "citizen",
  CLAN: "clan",
  ORGANISATION: "organisation",
} as const;
