import pg from "pg";
import { describe, expect, it } from "vitest";
import { prisma } from "@/lib/db/client";
import { schemaDrift } from "../../scripts/lib/prisma.mjs";
import { testDatabase } from "../setup/database";

describe("the migrated database", () => {
  it("is what the Prisma schema says", async () => {
    expect(await schemaDrift(testDatabase().ownerUrl)).toBe("");
  });

  it("is used by the application through a role that owns nothing and bypasses nothing", async () => {
    const [role] = await prisma.$queryRaw<{ owned: bigint; rolsuper: boolean; rolbypassrls: boolean }[]>`
      SELECT rolsuper, rolbypassrls, (SELECT count(*) FROM pg_class WHERE relowner = r.oid) AS owned
        FROM pg_roles r WHERE rolname = current_user`;

    expect(role).toEqual({ rolsuper: false, rolbypassrls: false, owned: 0n });
  });

  it("keeps row-level security on every table the application may touch", async () => {
    const client = new pg.Client({ connectionString: testDatabase().appUrl });
    await client.connect();
    try {
      const { rows } = await client.query(
        `SELECT relname FROM pg_class
          WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND NOT relrowsecurity
            AND has_table_privilege(oid, 'INSERT, UPDATE, DELETE')`,
      );
      expect(rows.map(({ relname }) => relname)).toEqual([]);
    } finally {
      await client.end();
    }
  });
});
