import type { Answer } from "@/domain/criteria/answer";
import { checkAnswer } from "@/domain/criteria/answer";
import type { CriteriaItem } from "@/domain/criteria/criteria-set";
import type { Ratio } from "@/domain/criteria/ratio";
import { ANSWER_ERROR_TEXTS } from "@/features/assessment/utils";

/** What stands in the fields of one item, as typed. */
export type Draft = Readonly<{
  /** "yes", "no", or a level "0", "1", "2"; "" when nothing is chosen. */
  choice: string;
  points: string;
  numerator: string;
  denominator: string;
  reason: string;
  isNotApplicable: boolean;
  /** The counted share is replaced by a typed one. */
  isOverruling: boolean;
}>;

/** What the fields of an item amount to. `unfinished` and answers with errors are not sent. */
export type Reading =
  | Readonly<{ kind: "empty" }>
  | Readonly<{ kind: "unfinished"; message: string | null }>
  | Readonly<{ kind: "invalid"; answer: Answer; message: string }>
  | Readonly<{ kind: "answer"; answer: Answer }>;

/** The fields of an item for a stored answer. */
export function draftOf(answer: Answer | null): Draft {
  const has = answer ?? {};

  return {
    choice: "yes" in has ? (has.yes ? "yes" : "no") : "level" in has ? String(has.level) : "",
    points: "points" in has ? String(has.points) : "",
    numerator: "numerator" in has ? String(has.numerator) : "",
    denominator: "denominator" in has ? String(has.denominator) : "",
    reason: answer?.reason ?? "",
    isNotApplicable: answer?.notApplicable === true,
    isOverruling: "numerator" in has,
  };
}

const WHOLE = /^\d{1,9}$/;

/** Reads the fields of an item. `counted` is the share the system counted for it. */
export function readDraft(item: CriteriaItem, draft: Draft, counted: Ratio | undefined): Reading {
  if (draft.isNotApplicable) {
    return checked(item, { notApplicable: true, reason: draft.reason.trim() }, counted);
  }

  switch (item.answer.kind) {
    case "yesNo":
      return draft.choice === ""
        ? { kind: "empty" }
        : checked(item, { yes: draft.choice === "yes" }, counted);
    case "level": {
      const level = (["0", "1", "2"] as const).indexOf(draft.choice as "0" | "1" | "2");
      return level === 0 || level === 1 || level === 2
        ? checked(item, { level }, counted)
        : { kind: "empty" };
    }
    case "scale":
      return readPoints(item, draft, counted);
    case "share":
    case "levelShare":
      return readShare(item, draft, counted);
  }
}

function readPoints(item: CriteriaItem, draft: Draft, counted: Ratio | undefined): Reading {
  const typed = draft.points.trim();
  if (typed === "") return { kind: "empty" };
  if (!WHOLE.test(typed)) return { kind: "unfinished", message: "Điểm là số nguyên, không âm." };

  const points = Number(typed);
  if (points > 1000) return { kind: "unfinished", message: ANSWER_ERROR_TEXTS.pointsAboveMaximum };

  return checked(item, { points }, counted);
}

function readShare(item: CriteriaItem, draft: Draft, counted: Ratio | undefined): Reading {
  if (counted && !draft.isOverruling) return { kind: "empty" };
  const [numerator, denominator] = [draft.numerator.trim(), draft.denominator.trim()];
  if (numerator === "" && denominator === "") {
    return counted ? { kind: "unfinished", message: null } : { kind: "empty" };
  }
  if ([numerator, denominator].some((typed) => typed !== "" && !WHOLE.test(typed))) {
    return { kind: "unfinished", message: "Hãy nhập số nguyên, không âm." };
  }
  if (numerator === "" || denominator === "") {
    return { kind: "unfinished", message: numerator === "" ? "Còn thiếu số đạt." : "Còn thiếu tổng số." };
  }

  const reason = counted ? draft.reason.trim() : "";
  const answer = {
    numerator: Number(numerator),
    denominator: Number(denominator),
    ...(reason && { reason }),
  };

  return checked(item, answer, counted);
}

function checked(item: CriteriaItem, answer: Answer, counted: Ratio | undefined): Reading {
  const [first] = checkAnswer(item, answer, counted);

  return first ? { kind: "invalid", answer, message: ANSWER_ERROR_TEXTS[first] } : { kind: "answer", answer };
}
