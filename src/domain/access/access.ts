import type { UnitLevel } from "@/domain/territory/territory";

/** Who may do what. The same table is copied into `role_capability`, so that the database decides on the same rows. */

export const CAPABILITIES = [
  "dashboard.read",
  "registry.read",
  "registry.write",
  "registry.identity",
  "assessment.read",
  "assessment.write",
  "dossier.read",
  "dossier.submit",
  "review.decide",
  "figure.write",
  "plan.write",
  "user.manage",
  "territory.manage",
  "criteria.manage",
  "audit.read",
] as const;
export type Capability = (typeof CAPABILITIES)[number];

export const ROLES = [
  "COMMUNE_OFFICER",
  "COMMUNE_LEADER",
  "REVIEWER",
  "PROVINCE_LEADER",
  "PROVINCE_ADMIN",
  "NATIONAL_LEADER",
  "SYSTEM_ADMIN",
] as const;
export type Role = (typeof ROLES)[number];

export const ROLE_NAMES: Record<Role, string> = {
  COMMUNE_OFFICER: "Cán bộ khuyến học xã",
  COMMUNE_LEADER: "Lãnh đạo xã",
  REVIEWER: "Cán bộ thẩm định",
  PROVINCE_LEADER: "Lãnh đạo tỉnh",
  PROVINCE_ADMIN: "Quản trị cấp tỉnh",
  NATIONAL_LEADER: "Lãnh đạo trung ương",
  SYSTEM_ADMIN: "Quản trị hệ thống",
};

/**
 * Role × capability. Administrators keep accounts, territory and criteria and see no person; national leaders see sums
 * alone. Whoever reviews does not prepare: no role holds both `dossier.submit` and `review.decide`.
 */
export const ACCESS_TABLE: Record<Role, readonly Capability[]> = {
  COMMUNE_OFFICER: [
    "dashboard.read",
    "registry.read",
    "registry.write",
    "registry.identity",
    "assessment.read",
    "assessment.write",
    "dossier.read",
    "dossier.submit",
    "figure.write",
    "audit.read",
  ],
  COMMUNE_LEADER: ["dashboard.read", "registry.read", "assessment.read", "dossier.read"],
  REVIEWER: [
    "dashboard.read",
    "registry.read",
    "assessment.read",
    "dossier.read",
    "review.decide",
    "audit.read",
  ],
  PROVINCE_LEADER: ["dashboard.read", "registry.read", "assessment.read", "dossier.read", "audit.read"],
  PROVINCE_ADMIN: [
    "dashboard.read",
    "figure.write",
    "plan.write",
    "user.manage",
    "territory.manage",
    "criteria.manage",
    "audit.read",
  ],
  NATIONAL_LEADER: ["dashboard.read"],
  SYSTEM_ADMIN: [
    "dashboard.read",
    "plan.write",
    "user.manage",
    "territory.manage",
    "criteria.manage",
    "audit.read",
  ],
};

/** A role held at a unit. It reaches the unit and everything below it. */
export type Grant = Readonly<{ role: Role; unitId: number }>;

/** Whoever asks: an account with the grants in force today. */
export type Actor = Readonly<{ id: string; name: string; username: string; grants: readonly Grant[] }>;

/**
 * What a grant on a unit that ended no longer gives: the register lives on with the successors. Its assessments and dossiers
 * stay within reach, so that a round begun under it can be finished.
 */
export const NEEDS_STANDING_UNIT: readonly Capability[] = [
  "registry.read",
  "registry.write",
  "registry.identity",
  "figure.write",
];

/** The levels of unit at which a role may be held. */
export const ROLE_LEVELS: Record<Role, readonly UnitLevel[]> = {
  COMMUNE_OFFICER: ["COMMUNE"],
  COMMUNE_LEADER: ["COMMUNE"],
  REVIEWER: ["DISTRICT", "REVIEW_AREA", "PROVINCE"],
  PROVINCE_LEADER: ["PROVINCE"],
  PROVINCE_ADMIN: ["PROVINCE"],
  NATIONAL_LEADER: ["NATION"],
  SYSTEM_ADMIN: ["NATION"],
};

/** A unit from which a grant reaches down to the unit in question; `isStanding` while it has not ended. */
export type Reach = readonly Readonly<{ unitId: number; isStanding: boolean }>[];

/** Does the role carry the capability at all. */
export function roleCan(role: Role, capability: Capability): boolean {
  return ACCESS_TABLE[role].includes(capability);
}

/**
 * May the actor use a capability on something that stands at a unit.
 * @param reach the units whose grants reach that unit: itself and everything above it on the day that counts
 */
export function can(actor: Pick<Actor, "grants">, capability: Capability, reach: Reach): boolean {
  const needsStanding = NEEDS_STANDING_UNIT.includes(capability);
  const open = reach.filter(({ isStanding }) => isStanding || !needsStanding);

  return actor.grants.some(
    (grant) => roleCan(grant.role, capability) && open.some(({ unitId }) => unitId === grant.unitId),
  );
}

/** A grant with whether its unit still stands. */
export type HeldGrant = Grant & Readonly<{ isStanding: boolean }>;

/** The first grant that gives the capability at its own unit: where a job begins. Never a right to data. */
export function firstGrant<G extends HeldGrant>(
  actor: Readonly<{ grants: readonly G[] }>,
  capability: Capability,
): G | undefined {
  const needsStanding = NEEDS_STANDING_UNIT.includes(capability);

  return actor.grants.find(
    ({ role, isStanding }) => roleCan(role, capability) && (isStanding || !needsStanding),
  );
}

/** Does the actor hold the capability at any unit: decides which jobs the navigation offers, never a right to data. */
export function canAnywhere(
  actor: Readonly<{ grants: readonly HeldGrant[] }>,
  capability: Capability,
): boolean {
  return firstGrant(actor, capability) !== undefined;
}

/** The rows of `role_capability`. */
export function accessRows(): { role: Role; capability: Capability; needsStandingUnit: boolean }[] {
  return ROLES.flatMap((role) =>
    ACCESS_TABLE[role].map((capability) => ({
      role,
      capability,
      needsStandingUnit: NEEDS_STANDING_UNIT.includes(capability),
    })),
  );
}

/** The rows of `role_level`. */
export function roleLevelRows(): { role: Role; level: UnitLevel }[] {
  return ROLES.flatMap((role) => ROLE_LEVELS[role].map((level) => ({ role, level })));
}
