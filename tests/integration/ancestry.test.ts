import fc from "fast-check";
import { expect, test } from "vitest";
import { buildUnit, ownerSql } from "../setup/builders";

// Placements come, go and change in any order; ancestry is refreshed for the unit alone. Checked day by day against a walk
// up the test's own list of placements.

const UNITS = 9;
const START = Date.UTC(2020, 0, 1);
const DAYS = 40;
const dayOf = (n: number) => new Date(START + n * 86_400_000).toISOString().slice(0, 10);

type Placed = { child: number; parent: number; from: number; to: number | null };

const overlaps = (a: Placed, b: Placed) =>
  a.child === b.child && a.from < (b.to ?? DAYS * 9) && b.from < (a.to ?? DAYS * 9);

const change = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant("place" as const),
      child: fc.integer({ min: 1, max: UNITS - 1 }),
      parent: fc.nat(UNITS - 2),
      from: fc.nat(30),
      length: fc.option(fc.integer({ min: 1, max: 12 })),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("remove" as const), index: fc.nat() }) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant("close" as const),
      index: fc.nat(),
      length: fc.integer({ min: 1, max: 6 }),
    }),
  },
);

/** Who stands above whom on a day, by walking up: "ancestor descendant depth". */
function walked(
  ids: readonly number[],
  begins: readonly number[],
  placed: readonly Placed[],
  day: number,
): string[] {
  return ids
    .flatMap((_, index) => {
      if ((begins[index] ?? 0) > day) return [];
      const lines = [`${ids[index]} ${ids[index]} 0`];
      let at: number | undefined = index;
      for (let depth = 1; depth <= UNITS; depth++) {
        at = placed.find(
          (one) => one.child === at && one.from <= day && (one.to === null || one.to > day),
        )?.parent;
        if (at === undefined) break;
        lines.push(`${ids[at]} ${ids[index]} ${depth}`);
      }

      return lines;
    })
    .sort();
}

test("ancestry is what a walk up the placements gives, on every day, whatever changed last", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(change, { minLength: 5, maxLength: 25 }),
      fc.array(fc.nat(8), { minLength: UNITS, maxLength: UNITS }),
      async (changes, begins) => {
        const ids: number[] = [];
        for (const begin of begins) ids.push(await buildUnit({ level: "HAMLET", validFrom: dayOf(begin) }));
        const placed: Placed[] = [];
        for (const one of changes) {
          const chosen = one.kind === "place" ? undefined : placed[one.index % Math.max(placed.length, 1)];
          let touched = chosen?.child;
          if (one.kind === "place") {
            // A parent always comes before its child, so that there is no circle.
            const next = {
              child: one.child,
              parent: one.parent % one.child,
              from: one.from,
              to: one.length === null ? null : one.from + one.length,
            };
            if (placed.some((other) => overlaps(other, next))) continue;
            await ownerSql(
              "INSERT INTO placement (child_id, parent_id, valid_from, valid_to) VALUES ($1, $2, $3, $4)",
              [ids[next.child], ids[next.parent], dayOf(next.from), next.to === null ? null : dayOf(next.to)],
            );
            placed.push(next);
            touched = next.child;
          } else if (chosen && one.kind === "remove") {
            await ownerSql("DELETE FROM placement WHERE child_id = $1 AND valid_from = $2", [
              ids[chosen.child],
              dayOf(chosen.from),
            ]);
            placed.splice(placed.indexOf(chosen), 1);
          } else if (chosen && one.kind === "close") {
            const end = Math.min(chosen.from + one.length, chosen.to ?? DAYS * 9);
            await ownerSql("UPDATE placement SET valid_to = $3 WHERE child_id = $1 AND valid_from = $2", [
              ids[chosen.child],
              dayOf(chosen.from),
              dayOf(end),
            ]);
            chosen.to = end;
          }
          if (touched !== undefined)
            await ownerSql("SELECT refresh_ancestry(ARRAY[$1::int])", [ids[touched]]);
        }

        const rows = await ownerSql<{ day: number; line: string }>(
          `SELECT d.day, a.ancestor_id || ' ' || a.descendant_id || ' ' || a.depth AS line
             FROM generate_series(0, $2::int) AS d(day)
             JOIN ancestry a ON a.descendant_id = ANY ($1) AND a.valid_from <= $3::date + d.day
              AND (a.valid_to IS NULL OR a.valid_to > $3::date + d.day)`,
          [ids, DAYS, dayOf(0)],
        );
        for (let day = 0; day <= DAYS; day++) {
          const stored = rows
            .filter((row) => row.day === day)
            .map((row) => row.line)
            .sort();
          expect(stored, dayOf(day)).toEqual(walked(ids, begins, placed, day));
        }
      },
    ),
    { numRuns: 25 },
  );
}, 120_000);

test("a circle of placements is refused", async () => {
  const [a, b] = [await buildUnit({ level: "HAMLET" }), await buildUnit({ level: "HAMLET" })];
  await ownerSql(
    "INSERT INTO placement (child_id, parent_id, valid_from) VALUES ($1, $2, '2020-01-01'), ($2, $1, '2020-01-01')",
    [a, b],
  );
  await expect(ownerSql("SELECT refresh_ancestry(ARRAY[$1::int])", [a])).rejects.toThrow(/ancestry_pkey/);
});
