/** Who may do what. The same table is copied into `role_capability`, so that the database decides on the same rows. */

export const CAPABILITIES = [
  "dashboard.read",
  "registry.read",
  "registry.write",
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

/** Does the role carry the capability at all. */
export function roleCan(role: Role, capability: Capability): boolean {
  return ACCESS_TABLE[role].includes(capability);
}

/**
 * May the actor use a capability on something that stands at a unit.
 * @param reach ids of the units whose grants reach that unit: itself and everything above it on the day that counts
 */
export function can(actor: Pick<Actor, "grants">, capability: Capability, reach: readonly number[]): boolean {
  return actor.grants.some((grant) => roleCan(grant.role, capability) && reach.includes(grant.unitId));
}

/** Does the actor hold the capability at any unit: decides which jobs the navigation offers, never a right to data. */
export function canAnywhere(actor: Pick<Actor, "grants">, capability: Capability): boolean {
  return actor.grants.some((grant) => roleCan(grant.role, capability));
}

/** The rows of `role_capability`. */
export function accessRows(): { role: Role; capability: Capability }[] {
  return ROLES.flatMap((role) => ACCESS_TABLE[role].map((capability) => ({ role, capability })));
}
