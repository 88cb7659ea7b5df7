import type { Commune, World } from "../world";
import { type Candidate, candidatesOf } from "./candidates";
import { Desk, type Play } from "./desk";
import type { RoundRows, Surroundings } from "./rows";
import { TITLE_ORDER, YEARS } from "./scenario";

/** Plays the rounds of all years: what is assessed, submitted, returned, approved and recognised, and its log. */
export function playRounds(world: World, around: Surroundings): RoundRows {
  const rows: RoundRows = { assessments: [], dossiers: [], decisions: [], recognitions: [], entries: [] };
  for (const year of YEARS) {
    const held = new Set<string>();
    for (const title of TITLE_ORDER) playTitle(world, { around, rows, year, title, held });
  }

  return rows;
}

function playTitle(world: World, play: Play): void {
  const byCommune = new Map<Commune, Candidate[]>();
  for (const candidate of candidatesOf(world, play.title, play.year)) {
    const list = byCommune.get(candidate.commune);
    if (list) list.push(candidate);
    else byCommune.set(candidate.commune, [candidate]);
  }

  // Recognitions of a title do not count for the same title: they are added once all communes are through.
  const recognised: string[] = [];
  for (const [commune, candidates] of byCommune) {
    const desk = new Desk(play, commune);
    for (const candidate of candidates) desk.take(candidate);
    recognised.push(...desk.close());
  }
  for (const id of recognised) play.held.add(id);
}
