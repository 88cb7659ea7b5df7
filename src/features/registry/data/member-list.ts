import "server-only";
import { Prisma } from "@/generated/prisma/client";
import type { Tx } from "@/lib/db/scope";
import { toSearchKey } from "@/lib/text/search-key";
import { PAGE_SIZE } from "../constants";
import type { ListOwner, ListPart, MemberPage, MemberRow } from "../member-list";
import { MEMBER_LISTS } from "../member-list";

type MemberQuery = Readonly<{
  owner: Readonly<{ id: string; title: ListOwner }>;
  leafIds: readonly number[];
  part: ListPart;
  text?: string;
  hamletId?: number | undefined;
  after?: string | undefined;
}>;

/** One page of the entries of a commune that are followed, by given name, and how many there are in all. */
export async function listMembers(tx: Tx, query: MemberQuery): Promise<MemberPage> {
  const { owner, leafIds, hamletId, after } = query;
  const { member } = MEMBER_LISTS[owner.title];
  const link = linkOf(owner.title);
  const words = toSearchKey(query.text ?? "")
    .split(" ")
    .filter((word) => word !== "")
    .map((word) => `%${word.replace(/[\\%_]/g, "\\$&")}%`);
  const own = Prisma.sql`
      FROM subject s ${link.join}
     WHERE s.title = ${member} AND s.active_to IS NULL AND s.unit_id = ANY (${hamletId === undefined ? leafIds : leafIds.filter((id) => id === hamletId)}::int[])
       AND ${partOf(query, link.column)} ${words.length === 0 ? Prisma.empty : Prisma.sql`AND s.name_search LIKE ALL (${words}::text[])`}`;
  const beyond =
    after === undefined
      ? Prisma.empty
      : Prisma.sql`AND (s.name_sort, s.id) > (SELECT k.name_sort, k.id FROM subject k WHERE k.id = ${after}::uuid)`;

  const rows = await tx.$queryRaw<MemberRow[]>`
    SELECT s.id, s.number::float8 AS number, s.version, s.name, u.name AS "unitName", ${link.birthYear} AS "birthYear",
           ${link.column} AS "listedById", o.name AS "listedBy"
      FROM (SELECT s.id ${own} ${beyond} ORDER BY s.name_sort, s.id LIMIT ${PAGE_SIZE + 1}) p
      JOIN subject s ON s.id = p.id ${link.join}
      JOIN unit u ON u.id = s.unit_id
      LEFT JOIN subject o ON o.id = ${link.column}
     ORDER BY s.name_sort, s.id`;
  const [total] = await tx.$queryRaw<{ count: number }[]>`SELECT count(*)::int AS count ${own}`;

  return { rows: rows.slice(0, PAGE_SIZE), count: total?.count ?? 0, hasNext: rows.length > PAGE_SIZE };
}

/** How many entries that are followed stand in a list. */
export async function countMembers(
  tx: Tx,
  owner: Readonly<{ id: string; title: ListOwner }>,
): Promise<number> {
  const link = linkOf(owner.title);
  const [row] = await tx.$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS count FROM subject s ${link.join} WHERE ${link.column} = ${owner.id}::uuid AND s.active_to IS NULL`;

  return row?.count ?? 0;
}

/** The row that says in whose list an entry stands, joined to `subject s` as `d`. */
function linkOf(title: ListOwner): { join: Prisma.Sql; column: Prisma.Sql; birthYear: Prisma.Sql } {
  return title === "CLAN"
    ? {
        join: Prisma.sql`JOIN household d ON d.subject_id = s.id`,
        column: Prisma.sql`d.clan_id`,
        birthYear: Prisma.sql`d.head_birth_year`,
      }
    : {
        join: Prisma.sql`JOIN citizen d ON d.subject_id = s.id`,
        column: Prisma.sql`d.organisation_id`,
        birthYear: Prisma.sql`d.birth_year`,
      };
}

function partOf({ owner, part }: MemberQuery, column: Prisma.Sql): Prisma.Sql {
  switch (part) {
    case "in":
      return Prisma.sql`${column} = ${owner.id}::uuid`;
    case "free":
      return Prisma.sql`${column} IS NULL`;
    case "elsewhere":
      return Prisma.sql`${column} <> ${owner.id}::uuid`;
  }
}
