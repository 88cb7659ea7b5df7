"use client";

import { useEffect, useMemo, useState, useSyncExternalStore } from "react";
import { newRequestId } from "@/components/form/request-id";
import type { Answers } from "@/domain/criteria/answer";
import { score } from "@/domain/scoring/score";
import type { ScoreResult } from "@/domain/scoring/types";
import type { Derived, UsedCriteriaSet } from "@/features/assessment/types";
import { itemsByCode } from "@/features/assessment/utils";
import type { QueuedAnswer, QueueState } from "./answer-queue";
import { AnswerQueue } from "./answer-queue";
import type { Reading } from "./draft";
import { readKept, writeKept } from "./kept-answers";
import { sendAnswer } from "./send-answer";

type Sheet = Readonly<{
  actorId: string;
  assessmentId: string;
  criteriaSet: UsedCriteriaSet;
  answers: Answers;
  derived: Derived;
}>;

function makeQueue(sheet: Sheet, waiting: readonly QueuedAnswer[]): AnswerQueue {
  const { actorId, assessmentId } = sheet;

  return new AnswerQueue(
    {
      send: (entry) => sendAnswer(assessmentId, entry),
      keep: (entries) => writeKept(actorId, assessmentId, entries),
      newId: newRequestId,
      wait: (milliseconds, run) => window.setTimeout(run, milliseconds),
    },
    sheet.answers,
    waiting,
  );
}

/**
 * The answers of an open sheet: what is stored, what is on its way and what is being typed, with the score of all of it as
 * the server will count it. `generation` changes when the fields have to be filled anew (kept answers read back).
 */
export function useAnswers(sheet: Sheet): {
  queue: AnswerQueue;
  state: QueueState;
  result: ScoreResult;
  generation: number;
  take: (code: string, reading: Reading) => void;
} {
  const [{ queue, generation }, setOpened] = useState(() => ({ queue: makeQueue(sheet, []), generation: 0 }));
  const [readings, setReadings] = useState<ReadonlyMap<string, Reading>>(new Map());
  const state = useSyncExternalStore(queue.subscribe, queue.snapshot, queue.snapshot);

  // Once per page: what an earlier visit could not send stands only in this browser, not in the served page.
  // biome-ignore lint/correctness/useExhaustiveDependencies: a sheet refreshed by the server must not start the queue anew.
  useEffect(() => {
    const kept = readKept(sheet.actorId, sheet.assessmentId);
    if (kept.length === 0) return;
    const reopened = makeQueue(sheet, kept);
    setOpened((before) => ({ queue: reopened, generation: before.generation + 1 }));
    void reopened.flush();
  }, [sheet.actorId, sheet.assessmentId]);

  useEffect(() => {
    const flush = () => void queue.flush();
    window.addEventListener("online", flush);
    window.addEventListener("focus", flush);

    return () => {
      window.removeEventListener("online", flush);
      window.removeEventListener("focus", flush);
    };
  }, [queue]);

  const { definition } = sheet.criteriaSet;
  // biome-ignore lint/correctness/useExhaustiveDependencies: `state` says that the queue's answers changed.
  const result = useMemo(() => {
    const answers: Answers = {};
    for (const code of itemsByCode(definition).keys()) {
      const reading = readings.get(code);
      const answer = reading === undefined ? queue.latest(code) : "answer" in reading ? reading.answer : null;
      if (answer) answers[code] = answer;
    }

    return score(definition, answers, sheet.derived.values);
  }, [definition, sheet.derived, readings, queue, state]);

  return {
    queue,
    state,
    result,
    generation,
    take: (code, reading) => setReadings((before) => new Map(before).set(code, reading)),
  };
}
