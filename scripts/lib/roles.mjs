import { appRolePassword } from "./secrets.mjs";

/** The role the web process signs in with. Migrations make it and grant it what it may do; it owns nothing. */
export const APP_ROLE = "hieuhoc_app";

/**
 * Lets the application's role sign in and says how.
 * @param {string} ownerUrl migrated database
 * @param {string} secret AUTH_SECRET
 * @returns {Promise<string>} APP_DATABASE_URL
 */
export async function openAppRole(ownerUrl, secret) {
  const { default: pg } = await import("pg");
  const password = appRolePassword(secret);
  const url = new URL(ownerUrl);
  url.username = APP_ROLE;
  url.password = password;
  if (await canConnect(pg, url.href)) return url.href;

  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    await client.query("BEGIN");
    // Two processes that alter one role at once would fail on the same row of the catalogue.
    await client.query("SELECT pg_advisory_xact_lock(4201002)");
    await client.query(`ALTER ROLE ${APP_ROLE} LOGIN PASSWORD '${password}'`);
    await client.query("COMMIT");
  } finally {
    await client.end();
  }
  return url.href;
}

/**
 * @param {typeof import("pg").default} pg
 * @param {string} connectionString
 */
async function canConnect(pg, connectionString) {
  const client = new pg.Client({ connectionString });
  try {
    await client.connect();
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}
