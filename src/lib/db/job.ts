import "server-only";
import { pipeline } from "node:stream/promises";
import { PrismaPg } from "@prisma/adapter-pg";
import type { PoolClient } from "pg";
import { Client, Pool } from "pg";
import { from as copyFrom } from "pg-copy-streams";
import { PrismaClient } from "@/generated/prisma/client";
import { translateDbError } from "@/lib/db/errors";
import type { Tx } from "@/lib/db/scope";
import { env } from "@/lib/env";

/** Sends lines in PostgreSQL's text format of COPY into a table (or `table (column, …)`) of the open transaction. */
export type CopyInto = (target: string, lines: AsyncIterable<string>) => Promise<void>;

type Work = Readonly<{ tx: Tx; copyInto: CopyInto }>;

/** What one long piece of work runs on: a transaction of hours if need be, COPY inside it, and a second connection beside it. */
export type JobDatabase = Readonly<{
  /** Runs the work in one transaction; nobody acts in it until `actAs` was called. Refusals of the database come out as `AppError`. */
  transaction: <T>(run: (work: Work) => Promise<T>) => Promise<T>;
  /** Runs a statement at once, in a transaction of its own as the actor, seen by others while the work still goes on. */
  aside: (actorId: string, text: string, values?: readonly unknown[]) => Promise<Record<string, unknown>[]>;
  /** Calls `wake` for every NOTIFY on the channel, once the second connection stands. */
  listen: (channel: string, wake: () => void) => Promise<void>;
  close: () => Promise<void>;
}>;

const LONGEST_MS = 4 * 3600_000;

/**
 * Opens the database for a worker: as the application's role, under row-level security like any page. The server looks twice a
 * second whether the worker still lives, so that what a killed one held is free at once.
 */
export function openJobDatabase(): JobDatabase {
  const options = {
    connectionString: env.APP_DATABASE_URL,
    options: "-c client_connection_check_interval=500",
  };
  const pool = new Pool({ ...options, max: 1, application_name: "hieu-hoc-worker" });
  // One connection: what was taken last is the one on which the transaction runs.
  let held: PoolClient | undefined;
  pool.on("acquire", (client) => {
    held = client;
  });
  pool.on("error", () => undefined);
  const prisma = new PrismaClient({ adapter: new PrismaPg(pool), errorFormat: "minimal" });

  const copyInto: CopyInto = async (target, lines) => {
    if (!held) throw new Error("COPY outside a transaction");
    await pipeline(lines, held.query(copyFrom(`COPY ${target} FROM STDIN`)));
  };
  const second = secondConnection(options);

  return {
    transaction: async (run) => {
      try {
        return await prisma.$transaction((tx) => run({ tx: tx as Tx, copyInto }), {
          timeout: LONGEST_MS,
          maxWait: 30_000,
        });
      } catch (error) {
        throw translateDbError(error);
      }
    },
    ...second,
    close: async () => {
      await prisma.$disconnect();
      await pool.end();
      await second.close();
    },
  };
}

/** From here on the transaction acts as the person: row-level security and the log know them. */
export async function actAs(tx: Tx, actorId: string): Promise<void> {
  await tx.$queryRaw`SELECT set_config('app.user_id', ${actorId}, true)`;
}

type Second = Pick<JobDatabase, "aside" | "listen" | "close">;

function secondConnection(options: Readonly<{ connectionString: string; options: string }>): Second {
  let opening: Promise<Client> | undefined;
  const wakers = new Map<string, () => void>();

  async function open(): Promise<Client> {
    const client = new Client({ ...options, application_name: "hieu-hoc-worker-aside" });
    client.on("error", () => {
      opening = undefined;
    });
    client.on("end", () => {
      opening = undefined;
    });
    client.on("notification", ({ channel }) => wakers.get(channel)?.());
    await client.connect();
    for (const channel of wakers.keys()) await client.query(`LISTEN ${channel}`);

    return client;
  }

  function opened(): Promise<Client> {
    opening ??= open().catch((error: unknown) => {
      opening = undefined;
      throw error;
    });

    return opening;
  }

  async function runAs(actorId: string, text: string, values: readonly unknown[]) {
    const client = await opened();
    await client.query("BEGIN");
    try {
      await client.query("SELECT set_config('app.user_id', $1, true)", [actorId]);
      const { rows } = await client.query<Record<string, unknown>>(text, [...values]);
      await client.query("COMMIT");

      return rows;
    } catch (error) {
      await client.query("ROLLBACK").catch(() => undefined);
      throw translateDbError(error);
    }
  }

  // One connection, one transaction at a time.
  let last: Promise<unknown> = Promise.resolve();

  return {
    aside: (actorId, text, values = []) => {
      const next = last.then(() => runAs(actorId, text, values));
      last = next.catch(() => undefined);

      return next;
    },
    listen: async (channel, wake) => {
      wakers.set(channel, wake);
      await (await opened()).query(`LISTEN ${channel}`);
    },
    close: async () => {
      const client = await opening?.catch(() => undefined);
      await client?.end().catch(() => undefined);
    },
  };
}
