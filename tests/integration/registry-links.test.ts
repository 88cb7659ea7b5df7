import pg from "pg";
import { beforeAll, expect, it } from "vitest";
import { ownerSql } from "../setup/builders";
import { testDatabase } from "../setup/database";
import { codeOf } from "../setup/refusal";
import type { RegisterWorld } from "../setup/register-world";
import { buildRegisterWorld, stepsOf } from "../setup/register-world";

let world: RegisterWorld;
let act: ReturnType<typeof stepsOf>;

beforeAll(async () => {
  world = await buildRegisterWorld();
  act = stepsOf(world);
});

/** Closes an entry in a transaction that is still open while `meanwhile` begins. */
async function whileClosing(
  subjectId: string,
  meanwhile: () => Promise<{ code: Promise<string> }>,
): Promise<string> {
  const client = new pg.Client({ connectionString: testDatabase().ownerUrl });
  await client.connect();
  try {
    await client.query("BEGIN");
    await client.query("SELECT 1 FROM subject WHERE id = $1 FOR UPDATE", [subjectId]);
    await client.query(
      "UPDATE subject SET active_to = '2026-06-01', close_reason = 'DISSOLVED', version = version + 1 WHERE id = $1",
      [subjectId],
    );
    await client.query(
      "UPDATE subject_home SET valid_to = '2026-06-01' WHERE subject_id = $1 AND valid_to IS NULL",
      [subjectId],
    );
    const { code } = await meanwhile();
    await new Promise((resolve) => setTimeout(resolve, 500));
    await client.query("COMMIT");

    return await code;
  } finally {
    await client.end();
  }
}

it("an entry that is being closed gets no new members", async () => {
  const [hamletId] = world.hamlets;
  const household = await act.register({ title: "FAMILY", name: "Giàng A Tan", hamletId });
  const facts = { title: "CITIZEN", name: "Giàng A Lẻ", birthYear: "1990", sex: "MALE", variant: "FARMER" };
  const citizen = await act.register({ ...facts, hamletId });
  const code = await whileClosing(household.subjectId, async () => ({
    code: codeOf(act.update(citizen.subjectId, { ...facts, householdId: household.subjectId })),
  }));
  expect(code).toBe("INVALID");

  const clan = await act.register({ title: "CLAN", name: "Họ Giàng Tan", headName: "", hamletId });
  const other = await act.register({ title: "FAMILY", name: "Giàng A Còn", hamletId });
  const joined = await whileClosing(clan.subjectId, async () => ({
    code: codeOf(
      act.update(other.subjectId, { title: "FAMILY", name: "Giàng A Còn", clanId: clan.subjectId }),
    ),
  }));
  expect(joined).toBe("INVALID");

  const astray = await ownerSql(
    `SELECT 1 FROM citizen c JOIN subject h ON h.id = c.household_id JOIN subject s ON s.id = c.subject_id
      WHERE s.active_to IS NULL AND h.active_to IS NOT NULL
     UNION ALL
     SELECT 1 FROM household d JOIN subject k ON k.id = d.clan_id WHERE d.subject_id = $1`,
    [other.subjectId],
  );
  expect(astray).toEqual([]);
});
