import { readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import pg from "pg";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { preparePostgres } from "../../scripts/lib/postgres-binaries.mjs";
import { temporaryHome } from "../../scripts/lib/postgres-home.mjs";
import { startServer, stopServer } from "../../scripts/lib/postgres-server.mjs";

let options: Parameters<typeof startServer>[0];

beforeAll(async () => {
  const home = await temporaryHome();
  const pgsql = await preparePostgres(home.folder, home.user);
  options = { ...home, pgsql, password: "only-for-this-test", durable: true };
});

afterAll(async () => {
  await stopServer(options);
  await rm(options.folder, { recursive: true, force: true });
});

it("loses nothing committed when the server is killed, and starts again", async () => {
  const first = await startServer(options);
  await ask(first.port, "CREATE TABLE note (n int)");
  const writer = await connect(first.port);
  await writer.query("BEGIN");
  await writer.query("INSERT INTO note VALUES (2)");
  await ask(first.port, "INSERT INTO note VALUES (1)");

  process.kill(first.pid, "SIGKILL");
  // A signal takes a moment on a busy machine; what is asked here is the start after the death.
  await vi.waitFor(() => expect(() => process.kill(first.pid, 0)).toThrow(), {
    timeout: 10_000,
    interval: 50,
  });
  const second = await startServer(options);

  expect(second.reused).toBe(false);
  expect(await ask(second.port, "SELECT n FROM note")).toEqual([{ n: 1 }]);
});

it("finds the server that runs already", async () => {
  const first = await startServer(options);
  const second = await startServer(options);

  expect(second).toEqual({ pid: first.pid, port: first.port, reused: true });
});

it("is not misled by a stale file whose process number belongs to somebody else now", async () => {
  const { pid } = await startServer(options);
  await stopServer(options);
  const stale = path.join(options.folder, "data", "postmaster.pid");
  await writeFile(stale, `${process.pid}\n${path.dirname(stale)}\n0\n5432\n\n127.0.0.1\n\nready   \n`);

  const again = await startServer(options);

  expect(again.pid).not.toBe(pid);
  expect((await readFile(stale, "utf8")).split("\n")[0]).toBe(String(again.pid));
});

async function connect(port: number): Promise<pg.Client> {
  const client = new pg.Client({
    connectionString: `postgresql://postgres:only-for-this-test@127.0.0.1:${port}/postgres`,
  });
  // The server is about to be killed under it.
  client.on("error", () => undefined);
  await client.connect();
  return client;
}

async function ask(port: number, statement: string): Promise<unknown[]> {
  const client = await connect(port);
  try {
    return (await client.query(statement)).rows;
  } finally {
    await client.end();
  }
}
