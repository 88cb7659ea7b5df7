import "server-only";
import type { Prisma } from "@/generated/prisma/client";
import { prisma } from "@/lib/db/client";
import { sqlState, translateDbError } from "@/lib/db/errors";
import { AppError } from "@/lib/errors/app-error";

/** A transaction in which row-level security knows who asks. Only `withScope` and `mutate` make one. */
export type Tx = Prisma.TransactionClient & { readonly __brand: "ScopedTx" };

type Asker = Readonly<{ id: string }>;

const RETRYABLE = new Set(["40P01", "40001"]);

/**
 * Runs reads as the actor, all in one snapshot: what one page says of a thing cannot come from two moments. Refusals of the
 * database come out as `AppError`.
 */
export async function withScope<T>(actor: Asker, run: (tx: Tx) => Promise<T>): Promise<T> {
  try {
    return await prisma.$transaction(
      async (tx) => {
        await tx.$queryRaw`SELECT set_config('app.user_id', ${actor.id}, true)`;

        return await run(tx as Tx);
      },
      { timeout: 60_000, maxWait: 10_000, isolationLevel: "RepeatableRead" },
    );
  } catch (error) {
    throw translateDbError(error);
  }
}

/** One entry of the hash-chained log. `detail` holds facts, never names of persons. */
export type LogEntry = Readonly<{ verb?: string; type: string; id: string; detail?: Prisma.InputJsonObject }>;
export type Log = (chainId: number, ...entries: LogEntry[]) => void;

type Outcome = Prisma.InputJsonObject;

/**
 * Runs a write as the actor, once per request id: permission, guards, rows, counters and log entries in one transaction.
 * A repeated request gets the first one's result and writes nothing. Deadlocks are tried again, three times at the most.
 * @param verb what is done, for the log; a request id repeated with another verb or by another person is a CONFLICT
 * @param run does the work on locked rows and says through `log` what happened, by chain (commune id; 0: no commune)
 */
export async function mutate<T extends Outcome>(
  actor: Asker,
  request: { requestId: string; verb: string },
  run: (tx: Tx, log: Log) => Promise<T>,
): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await prisma.$transaction((tx) => runRequest(tx as Tx, actor, request, run), {
        timeout: 600_000,
        maxWait: 10_000,
      });
    } catch (error) {
      const state = sqlState(error);
      if (attempt < 3 && state !== undefined && RETRYABLE.has(state)) continue;
      throw translateDbError(error);
    }
  }
}

/**
 * What `mutate` does inside its transaction, for work that holds one already: acts as the actor, claims the request id, runs,
 * appends to the log. Claimed and done in one transaction: whoever repeats it after a crash does it anew.
 */
export async function runRequest<T extends Outcome>(
  tx: Tx,
  actor: Asker,
  request: { requestId: string; verb: string },
  run: (tx: Tx, log: Log) => Promise<T>,
): Promise<T> {
  await tx.$queryRaw`SELECT set_config('app.user_id', ${actor.id}, true)`;

  const claimed = await tx.$executeRaw`
    INSERT INTO request (request_id, actor_id, verb) VALUES (${request.requestId}::uuid, ${actor.id}::uuid, ${request.verb})
    ON CONFLICT DO NOTHING`;
  if (claimed === 0) return await resultOfEarlier<T>(tx, request);

  const entries = new Map<number, (LogEntry & { verb: string })[]>();
  const log: Log = (chainId, ...added) => {
    const chain = entries.get(chainId) ?? [];
    chain.push(...added.map((entry) => ({ ...entry, verb: entry.verb ?? request.verb })));
    entries.set(chainId, chain);
  };
  const result = await run(tx, log);

  for (const [chainId, chain] of [...entries].sort(([a], [b]) => a - b)) {
    await tx.$queryRaw`SELECT append_actions(${chainId}::int, ${request.requestId}::uuid, ${JSON.stringify(chain)}::jsonb)`;
  }
  await tx.$executeRaw`UPDATE request SET result = ${JSON.stringify(result)}::jsonb WHERE request_id = ${request.requestId}::uuid`;

  return result;
}

async function resultOfEarlier<T>(tx: Tx, request: { requestId: string; verb: string }): Promise<T> {
  const earlier = await tx.$queryRaw<{ result: T | null }[]>`
    SELECT result FROM request WHERE request_id = ${request.requestId}::uuid AND verb = ${request.verb}`;
  const result = earlier[0]?.result;
  if (result === undefined || result === null) throw new AppError({ code: "CONFLICT" });

  return result;
}
