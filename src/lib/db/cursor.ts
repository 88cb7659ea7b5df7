import "server-only";
import type { PoolClient } from "pg";
import { Pool } from "pg";
import type { Prisma } from "@/generated/prisma/client";
import { translateDbError } from "@/lib/db/errors";
import { env } from "@/lib/env";

/** Connections for long reads, apart from those of pages: many downloads at once wait for each other, not pages for them. */
const MOST_CURSORS = 4;

/** Kept on the global object so that a reload in development does not open a second pool. */
const kept = globalThis as { cursorPool?: Pool };

/** Asks the database within a long read; columns come as pg gives them (`bigint` and `numeric` as text). */
export type Query = <Row extends object>(sql: Prisma.Sql) => Promise<Row[]>;

/**
 * Rows as the actor, batch after batch, within one transaction: row-level security and the picture of the data hold for all of
 * them, and memory does not grow with their number. Whoever stops early (`return`, `break`, an aborted download) gives the
 * connection back. Prisma knows no cursors.
 * @param open what comes before the first row, such as opening a cursor; returns what draws the next batch, an empty one at the
 * end. A batch is drawn while the one before it is being used.
 */
export async function* readByCursor<Row>(
  actor: Readonly<{ id: string }>,
  open: (query: Query) => Promise<() => Promise<readonly Row[]>>,
): AsyncGenerator<Row, void, undefined> {
  const client = await connect();
  let failure: Error | undefined;
  // A connection lost between two batches would otherwise end the process.
  const onError = (error: Error) => {
    failure = error;
  };
  client.on("error", onError);

  try {
    await client.query("BEGIN TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY");
    // A reader that takes nothing for two minutes is gone.
    await client.query("SET LOCAL idle_in_transaction_session_timeout = '2min'");
    await client.query("SELECT set_config('app.user_id', $1, true)", [actor.id]);
    const draw = await open(
      async <R extends object>({ text, values }: Prisma.Sql) =>
        (await client.query<R>(text, values.map(toParameter))).rows,
    );

    for (let batch = await draw(); batch.length > 0; ) {
      const next = draw();
      // Heard below; until then nobody waits for it.
      next.catch(() => undefined);
      yield* batch;
      batch = await next;
    }
  } catch (error) {
    failure ??= error instanceof Error ? error : new Error(String(error));
    throw translateDbError(error);
  } finally {
    await client.query("ROLLBACK").catch(onError);
    client.off("error", onError);
    client.release(failure);
  }
}

async function connect(): Promise<PoolClient> {
  if (!kept.cursorPool) {
    kept.cursorPool = new Pool({
      connectionString: env.APP_DATABASE_URL,
      max: MOST_CURSORS,
      connectionTimeoutMillis: 10_000,
      idleTimeoutMillis: 10_000,
      allowExitOnIdle: true,
      application_name: "hieu-hoc-cursor",
    });
    kept.cursorPool.on("error", () => undefined);
  }

  try {
    return await kept.cursorPool.connect();
  } catch (error) {
    throw translateDbError(
      Object.assign(new Error("no connection for a cursor", { cause: error }), { code: "P2024" }),
    );
  }
}

// pg writes a Date in the time zone of this machine; a day would move.
function toParameter(value: unknown): unknown {
  return value instanceof Date ? value.toISOString() : value;
}
