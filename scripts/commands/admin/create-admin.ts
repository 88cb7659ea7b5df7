import type pg from "pg";

type NewAdmin = Readonly<{
  requestId: string;
  username: string;
  name: string;
  passwordHash: string;
  /** Code of a province of today; null for the nation. */
  unitCode: string | null;
}>;

/**
 * Makes an active account with the role SYSTEM_ADMIN, as the owner of the tables, and logs it in the chain of what belongs
 * to no commune.
 */
export async function createAdmin(db: pg.Client, admin: NewAdmin): Promise<"CREATED" | "TAKEN" | "NO_UNIT"> {
  await db.query("BEGIN");
  try {
    const unitId = await findUnitId(db, admin.unitCode);
    const userId = unitId === null ? null : await insertUser(db, admin);
    if (unitId === null || userId === null) {
      await db.query("ROLLBACK");
      return unitId === null ? "NO_UNIT" : "TAKEN";
    }

    await db.query("INSERT INTO role_grant (user_id, role, unit_id) VALUES ($1, 'SYSTEM_ADMIN', $2)", [
      userId,
      unitId,
    ]);
    const detail = { role: "SYSTEM_ADMIN", unitId, by: "admin-create" };
    await db.query("SELECT append_actions(0, $1, $2::jsonb)", [
      admin.requestId,
      JSON.stringify([{ verb: "user.create", type: "user", id: userId, detail }]),
    ]);
    await db.query("COMMIT");

    return "CREATED";
  } catch (error) {
    await db.query("ROLLBACK").catch(() => undefined);
    throw error;
  }
}

async function findUnitId(db: pg.Client, code: string | null): Promise<number | null> {
  const { rows } = await db.query<{ id: number }>(
    `SELECT id FROM unit WHERE valid_to IS NULL
        AND CASE WHEN $1::text IS NULL THEN level = 'NATION' ELSE level = 'PROVINCE' AND code = $1 END`,
    [code],
  );

  return rows[0]?.id ?? null;
}

async function insertUser(db: pg.Client, admin: NewAdmin): Promise<string | null> {
  const { rows } = await db.query<{ id: string }>(
    `INSERT INTO app_user (username, name, password_hash) VALUES ($1, normalize($2, NFC), $3)
     ON CONFLICT (username) DO NOTHING RETURNING id`,
    [admin.username, admin.name, admin.passwordHash],
  );

  return rows[0]?.id ?? null;
}
