import pg from "pg";
import { server } from "./server";

/** Rows of a statement on the demonstration's database, as its owner: for what no page shows (ids, counts of the log). */
export async function sql<Row extends pg.QueryResultRow>(
  text: string,
  values: unknown[] = [],
): Promise<Row[]> {
  const client = new pg.Client({ connectionString: server().databaseUrl });
  await client.connect();
  try {
    return (await client.query<Row>(text, values)).rows;
  } finally {
    await client.end();
  }
}

/** One row, or an error that names the statement. */
export async function one<Row extends pg.QueryResultRow>(text: string, values: unknown[] = []): Promise<Row> {
  const [row] = await sql<Row>(text, values);
  if (!row) throw new Error(`no row: ${text}`);

  return row;
}
