import type { Household } from "./household";
import { inSentence, pickName } from "./names";
import { idOf, randomOf } from "./random";
import type { Clan, Commune, Hamlet } from "./world";

/** Fewest households that make a clan worth registering. */
const LEAST_HOUSEHOLDS = 6;

/** The clans of an old commune: one or two family names with many households, seated where most of them live. */
export function buildClans(commune: Commune, hamlets: readonly Hamlet[]): Clan[] {
  const random = randomOf(`clans/${commune.code}`);
  const bySurname = new Map<string, Household[]>();
  for (const household of hamlets.flatMap((hamlet) => hamlet.households)) {
    bySurname.set(household.surname, [...(bySurname.get(household.surname) ?? []), household]);
  }
  const largest = [...bySurname].sort(([a, x], [b, y]) => y.length - x.length || (a < b ? -1 : 1));
  const chosen = largest.slice(0, random.chance(0.4) ? 2 : 1);

  return chosen.flatMap(([surname, all]) => {
    const households = all.filter(() => random.chance(0.7));
    const seat = seatOf(households);
    if (!seat || households.length < LEAST_HOUSEHOLDS) return [];

    const clan: Clan = {
      id: idOf(`clan/${commune.code}/${surname}`),
      name: `Dòng họ ${surname}, ${inSentence(seat.name)}`,
      headName: pickName(surname, "MALE", random),
      isPromotion: random.chance(0.6),
      hamlet: seat,
      households,
    };
    for (const household of households) household.clan = clan;
    seat.clans.push(clan);

    return [clan];
  });
}

function seatOf(households: readonly Household[]): Hamlet | undefined {
  const counts = new Map<Hamlet, number>();
  for (const { hamlet } of households) counts.set(hamlet, (counts.get(hamlet) ?? 0) + 1);

  return [...counts].sort(([a, x], [b, y]) => y - x || (a.code < b.code ? -1 : 1))[0]?.[0];
}
