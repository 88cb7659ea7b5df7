import type { Answers } from "@/domain/criteria/answer";
import { score } from "@/domain/scoring/score";
import type { Random } from "../random";
import type { Paper } from "./candidates";
import type { DemoCriteriaSet } from "./rows";

/** Answers that reach the threshold, or do not: what could be worse is made worse, one item after the other. */
export function fillIn(set: DemoCriteriaSet, paper: Paper, passes: boolean, random: Random): Answers {
  const reaches = (answers: Answers) => score(set.definition, answers, paper.derived).recognisable;
  let answers = paper.answers;
  let left = passes ? random.pick([0, 0, 1, 1, 1, 2]) : paper.worse.length;
  for (const [code, answer] of random.shuffle(paper.worse)) {
    if (left === 0) break;
    const next = { ...answers, [code]: answer };
    if (passes && !reaches(next)) continue;
    answers = next;
    left -= 1;
    if (!passes && !reaches(answers)) break;
  }

  return answers;
}

/** A sheet that was begun: some items are not answered yet. */
export function leaveOut(answers: Answers, random: Random): Answers {
  const codes = random.shuffle(Object.keys(answers));
  const kept = new Set(codes.slice(random.int(2, 5)));

  return Object.fromEntries(Object.entries(answers).filter(([code]) => kept.has(code)));
}
