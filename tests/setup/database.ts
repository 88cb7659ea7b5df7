import { randomUUID } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import pg from "pg";
import { inject } from "vitest";
import { APP_ROLE } from "../../scripts/lib/roles.mjs";
import { appRolePassword } from "../../scripts/lib/secrets.mjs";

/** The database of this test file: a copy of the migrated one with reference data, for this file alone. */
export type TestDatabase = {
  /** Address for the owner of the tables, who bypasses row-level security. */
  readonly ownerUrl: string;
  /** Address for the application's role, which is under row-level security; `@/lib/db/client` uses it. */
  readonly appUrl: string;
  /** Folder for files of this test file. */
  readonly dataDir: string;
};

let current: TestDatabase | undefined;

/** The database of this test file. Made before the file is loaded, dropped after its last test. */
export function testDatabase(): TestDatabase {
  if (!current) throw new Error("testDatabase() is only there in integration and access tests.");
  return current;
}

/** Copies the template and points the environment at the copy. */
export async function openTestDatabase(): Promise<void> {
  const name = `test_${randomUUID().replaceAll("-", "")}`;
  const secret = inject("authSecret");
  const owner = withDatabase(inject("templateUrl"), name);
  const app = new URL(owner);
  app.username = APP_ROLE;
  app.password = appRolePassword(secret);
  await maintain(`CREATE DATABASE ${name} TEMPLATE ${templateName()} STRATEGY FILE_COPY`);
  current = {
    ownerUrl: owner.href,
    appUrl: app.href,
    dataDir: await mkdtemp(path.join(tmpdir(), "hieu-hoc-files-")),
  };
  process.env.APP_DATABASE_URL = current.appUrl;
  process.env.AUTH_SECRET = secret;
  process.env.IDENTITY_KEY = inject("identityKey");
  process.env.DATA_DIR = current.dataDir;
}

/** Closes the application's connections and drops the copy. */
export async function closeTestDatabase(): Promise<void> {
  const { ownerUrl, dataDir } = testDatabase();
  const opened = globalThis as { prismaClient?: { $disconnect: () => Promise<void> } };
  await opened.prismaClient?.$disconnect();
  // Saves room only: the whole server goes at the end. The owner may not end a worker of PostgreSQL's own (autovacuum).
  await maintain(`DROP DATABASE ${new URL(ownerUrl).pathname.slice(1)} WITH (FORCE)`).catch(() => undefined);
  await rm(dataDir, { recursive: true, force: true });
}

function templateName(): string {
  return new URL(inject("templateUrl")).pathname.slice(1);
}

function withDatabase(url: string, name: string): URL {
  const address = new URL(url);
  address.pathname = `/${name}`;
  return address;
}

async function maintain(statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: withDatabase(inject("templateUrl"), "postgres").href });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
