import { existsSync } from "node:fs";
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { hashFiles, listFiles } from "./hash.mjs";
import { inProject, NODE_MODULES } from "./paths.mjs";
import { mustRun } from "./process.mjs";

const MIGRATIONS = inProject("prisma", "migrations");
const CLIENT = inProject("src", "generated", "prisma");
const NO_FILTER = { externalTables: [], externalEnums: [] };

/** @returns {Promise<string[]>} the schema's files */
function schemaFiles() {
  return listFiles([inProject("prisma", "schema.prisma"), inProject("prisma", "models")], (file) =>
    file.endsWith(".prisma"),
  );
}

/**
 * Generates the database client when the schema changed since the last time.
 * @returns {Promise<boolean>} whether there was work
 */
export async function generateClient() {
  const stampFile = path.join(CLIENT, ".schema-hash");
  const version = await readFile(path.join(NODE_MODULES, "prisma", "package.json"), "utf8");
  const stamp = `${JSON.parse(version).version} ${await hashFiles(inProject(), await schemaFiles())}`;
  if (existsSync(stampFile) && (await readFile(stampFile, "utf8")) === stamp) return false;

  await mustRun(
    process.execPath,
    [
      path.join(NODE_MODULES, "prisma", "build", "index.js"),
      "generate",
      "--config",
      inProject("prisma", "prisma.config.ts"),
    ],
    {
      cwd: inProject(),
      quiet: true,
      // The generator needs no schema engine, but the command line downloads one unless it is told of a file.
      env: {
        ...process.env,
        PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
        PRISMA_HIDE_UPDATE_MESSAGE: "1",
        CHECKPOINT_DISABLE: "1",
      },
    },
  );
  await mkdir(CLIENT, { recursive: true });
  await writeFile(stampFile, stamp);
  return true;
}

/**
 * Applies the migrations that the database has not seen, in order, as `prisma migrate deploy` does.
 * @param {string} url the owner's
 * @returns {Promise<string[]>} names of those applied now
 */
export async function applyMigrations(url) {
  return withEngine(url, async (engine) => {
    const { appliedMigrationNames } = await engine.applyMigrations({
      migrationsList: await readMigrations(),
      filters: NO_FILTER,
    });
    return appliedMigrationNames;
  });
}

/**
 * The SQL that would turn the database into what the Prisma schema says.
 * @param {string} url the owner's, migrated
 * @returns {Promise<string>} empty when they agree
 */
export async function schemaDrift(url) {
  return withEngine(url, async (engine) => {
    const { files } = await readSchema();
    const { stdout } = await engine.diff({
      from: { tag: "schemaDatasource", files, configDir: inProject("prisma") },
      to: { tag: "schemaDatamodel", files },
      script: true,
      exitCode: null,
      filters: NO_FILTER,
    });
    const sql = (stdout ?? "").trim();
    return sql === "-- This is an empty migration." ? "" : sql;
  });
}

/**
 * Opens the schema engine from its WebAssembly build on one connection.
 * @template T
 * @param {string} url
 * @param {(engine: import("@prisma/schema-engine-wasm").SchemaEngine) => Promise<T>} work
 * @returns {Promise<T>}
 */
async function withEngine(url, work) {
  const { bindMigrationAwareSqlAdapterFactory } = await import("@prisma/driver-adapter-utils");
  const { SchemaEngine } = await loadEngine();
  const { files } = await readSchema();
  const { factory, close } = await schemaAdapter(url);
  const engine = await SchemaEngine.new(
    { datamodels: files.map(({ path: name, content }) => [name, content]) },
    () => undefined,
    bindMigrationAwareSqlAdapterFactory(factory),
  );
  try {
    return await work(engine);
  } finally {
    engine.free();
    await close();
  }
}

/**
 * Prisma's adapter with two of its limits lifted, which only a schema engine meets: it cuts a script at every semicolon,
 * also inside the body of a function, and it does not know the one-letter columns of PostgreSQL's catalogue. Sent whole,
 * a script also is one transaction.
 * @param {string} url
 */
async function schemaAdapter(url) {
  const { default: pg } = await import("pg");
  const { PrismaPg } = await import("@prisma/adapter-pg");
  const { ColumnTypeEnum } = await import("@prisma/driver-adapter-utils");
  const pool = new pg.Pool({ connectionString: url, max: 1 });
  const factory = new PrismaPg(pool);
  const connect = factory.connect.bind(factory);
  factory.connect = async () => {
    const connection = await connect();
    connection.executeScript = async (script) => {
      await pool.query(script);
    };
    readLetters(connection, ColumnTypeEnum.Character);
    return connection;
  };
  return { factory, close: () => pool.end() };
}

const LETTER_OID = 18;
const TEXT_OID = 25;

/**
 * Teaches a connection PostgreSQL's one-letter type: read as text, declared as a character.
 * @param {import("@prisma/driver-adapter-utils").SqlDriverAdapter} connection
 * @param {import("@prisma/driver-adapter-utils").ColumnType} character
 */
function readLetters(connection, character) {
  const inner = /** @type {{ performIO: (query: unknown) => Promise<import("pg").QueryArrayResult> }} */ (
    /** @type {unknown} */ (connection)
  );
  const performIO = inner.performIO.bind(inner);
  const queryRaw = connection.queryRaw.bind(connection);
  /** @type {boolean[]} */
  let isLetter = [];
  inner.performIO = async (query) => {
    const result = await performIO(query);
    isLetter = result.fields.map(({ dataTypeID }) => dataTypeID === LETTER_OID);
    for (const field of result.fields) if (field.dataTypeID === LETTER_OID) field.dataTypeID = TEXT_OID;
    return result;
  };
  connection.queryRaw = async (query) => {
    const result = await queryRaw(query);
    return {
      ...result,
      columnTypes: result.columnTypes.map((type, at) => (isLetter[at] ? character : type)),
    };
  };
}

/** @type {Promise<typeof import("@prisma/schema-engine-wasm")> | undefined} */
let loadedEngine;

/** The package imports its .wasm as a bundler would; Node has to be helped. */
function loadEngine() {
  loadedEngine ??= (async () => {
    const folder = path.join(NODE_MODULES, "@prisma", "schema-engine-wasm");
    const glue = await import(pathToFileURL(path.join(folder, "schema_engine_bg.js")).href);
    const bytes = await readFile(path.join(folder, "schema_engine_bg.wasm"));
    const { instance } = await WebAssembly.instantiate(bytes, { "./schema_engine_bg.js": glue });
    glue.__wbg_set_wasm(instance.exports);
    /** @type {{ __wbindgen_start: () => void }} */ (
      /** @type {unknown} */ (instance.exports)
    ).__wbindgen_start();
    return glue;
  })();
  return loadedEngine;
}

async function readSchema() {
  const files = [];
  for (const file of await schemaFiles()) files.push({ path: file, content: await readFile(file, "utf8") });
  return { files };
}

async function readMigrations() {
  const entries = await readdir(MIGRATIONS, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  const lockFile = path.join(MIGRATIONS, "migration_lock.toml");
  return {
    baseDir: MIGRATIONS,
    lockfile: {
      path: "migration_lock.toml",
      content: existsSync(lockFile) ? await readFile(lockFile, "utf8") : null,
    },
    shadowDbInitScript: "",
    migrationDirectories: await Promise.all(
      names.sort().map(async (name) => ({
        path: name,
        migrationFile: {
          path: "migration.sql",
          content: await readMigration(path.join(MIGRATIONS, name, "migration.sql")),
        },
      })),
    ),
  };
}

/**
 * @param {string} file
 * @returns {Promise<{ tag: "ok", value: string } | { tag: "error", value: string }>}
 */
async function readMigration(file) {
  try {
    return { tag: "ok", value: await readFile(file, "utf8") };
  } catch (error) {
    return { tag: "error", value: String(error) };
  }
}
