import "server-only";
import type { PoolClient } from "pg";
import { Pool } from "pg";
import type { Prisma } from "@/generated/prisma/client";
import { translateDbError } from "@/lib/db/errors";
import { env } from "@/lib/env";

const BATCH = 1_000;
/** Connections for long reads, apart from those of pages: many downloads at once wait for each other, not pages for them. */
const MOST_CURSORS = 4;

/** Kept on the global object so that a reload in development does not open a second pool. */
const kept = globalThis as { cursorPool?: Pool };

/**
 * Rows of a query as the actor, in batches, within one transaction of its own: row-level security and the picture of the data
 * hold for all of them, and memory does not grow with their number. Whoever stops early (`return`, `break`, an aborted
 * download) gives the connection back. Prisma knows no cursors; columns come as pg gives them (`bigint` and `numeric` as text).
 */
export async function* readByCursor<Row>(
  actor: Readonly<{ id: string }>,
  query: Prisma.Sql,
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
    // Read to the end, so planned for the end; a reader that takes nothing for two minutes is gone.
    await client.query("SET LOCAL cursor_tuple_fraction = 1");
    await client.query("SET LOCAL idle_in_transaction_session_timeout = '2min'");
    await client.query("SELECT set_config('app.user_id', $1, true)", [actor.id]);
    await client.query(`DECLARE rows NO SCROLL CURSOR FOR ${query.text}`, query.values.map(toParameter));

    for (;;) {
      const { rows } = await client.query(`FETCH ${BATCH} FROM rows`);
      yield* rows as Row[];
      if (rows.length < BATCH) break;
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
