import "server-only";
import type { HeldGrant, Role } from "@/domain/access/access";
import { prisma } from "@/lib/db/client";
import type { Tx } from "@/lib/db/scope";
import { withScope } from "@/lib/db/scope";

type Account = {
  id: string;
  name: string;
  passwordHash: string;
  sessionVersion: number;
  isActive: boolean;
  isLocked: boolean;
};

export type SessionGrant = HeldGrant & Readonly<{ unitName: string; unitLevel: string }>;
export type SessionActor = Readonly<{
  id: string;
  name: string;
  username: string;
  isDemo: boolean;
  mustChangePassword: boolean;
  grants: readonly SessionGrant[];
}>;

/**
 * An account by user name, before anybody is signed in; the attempt is counted as a failure until `recordSuccess`. Raw: the
 * table itself is closed to the web role.
 */
export async function beginSignIn(username: string): Promise<Account | undefined> {
  const rows = await prisma.$queryRaw<Account[]>`
    SELECT id, name, password_hash AS "passwordHash", session_version AS "sessionVersion",
           is_active AS "isActive", is_locked AS "isLocked"
      FROM auth_begin(${username})`;

  return rows[0];
}

/** Takes the attempt back, and the failures before it. */
export async function recordSuccess(userId: string): Promise<void> {
  await prisma.$queryRaw`SELECT auth_succeed(${userId}::uuid)::text`;
}

/** The stored hash of the actor's own password. */
export async function findOwnHash(actor: { id: string }): Promise<string | undefined> {
  const rows = await withScope(
    actor,
    (tx) => tx.$queryRaw<{ hash: string | null }[]>`SELECT auth_own_hash() AS hash`,
  );

  return rows[0]?.hash ?? undefined;
}

/** The account of a session with today's grants; undefined when the session was ended by a change of password or role. */
export async function findSessionActor(
  userId: string,
  sessionVersion: number,
): Promise<SessionActor | undefined> {
  const rows = await prisma.$queryRaw<SessionActor[]>`
    SELECT id, username, name, is_demo AS "isDemo", must_change_password AS "mustChangePassword", grants
      FROM auth_session(${userId}::uuid, ${sessionVersion}::int)`;

  return rows[0];
}

export type UserListItem = {
  id: string;
  username: string;
  name: string;
  isActive: boolean;
  isLocked: boolean;
  version: number;
  grants: { role: Role; unitId: number; unitName: string }[];
};

/** The managed accounts with a role under a unit, by name; at most 500. */
export async function listManagedUsers(tx: Tx, unitId: number): Promise<UserListItem[]> {
  return await tx.$queryRaw<UserListItem[]>`
    SELECT u.id, u.username, u.name, u.is_active AS "isActive", coalesce(u.locked_until > now(), false) AS "isLocked", u.version,
           jsonb_agg(jsonb_build_object('role', g.role, 'unitId', g.unit_id, 'unitName', n.name) ORDER BY n.name) AS grants
      FROM app_user u
      JOIN role_grant g ON g.user_id = u.id AND (g.valid_to IS NULL OR g.valid_to > app_today())
      JOIN unit n ON n.id = g.unit_id
     WHERE g.unit_id IN (SELECT app_units('user.manage'))
       AND g.unit_id IN (SELECT descendant_id FROM ancestry WHERE ancestor_id = ${unitId})
     GROUP BY u.id ORDER BY u.name, u.id LIMIT 500`;
}

/** One account all of whose roles the reader manages. */
export async function findManagedUser(tx: Tx, id: string): Promise<UserListItem | undefined> {
  const rows = await tx.$queryRaw<UserListItem[]>`
    SELECT u.id, u.username, u.name, u.is_active AS "isActive", coalesce(u.locked_until > now(), false) AS "isLocked", u.version,
           coalesce(jsonb_agg(jsonb_build_object('role', g.role, 'unitId', g.unit_id, 'unitName', n.name) ORDER BY n.name)
             FILTER (WHERE g.valid_to IS NULL OR g.valid_to > app_today()), '[]') AS grants
      FROM app_user u
      JOIN role_grant g ON g.user_id = u.id
      JOIN unit n ON n.id = g.unit_id
     WHERE u.id = ${id}::uuid AND user_is_managed(u.id)
     GROUP BY u.id`;

  return rows[0];
}

/** Names of the people behind ids, for logs and reviews. */
export async function namesOf(tx: Tx, ids: readonly (string | null)[]): Promise<Map<string, string>> {
  const wanted = [...new Set(ids.filter((id): id is string => id !== null))];
  if (wanted.length === 0) return new Map();

  const rows = await tx.$queryRaw<
    { id: string; name: string }[]
  >`SELECT id, name FROM user_names(${wanted}::uuid[])`;

  return new Map(rows.map((row) => [row.id, row.name]));
}
