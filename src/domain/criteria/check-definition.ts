import type { CriteriaItem, CriteriaSetDefinition, LevelScoring, PointsScoring } from "./criteria-set";
import { listItems } from "./criteria-set";

export type DefinitionIssueKey =
  | "duplicateCode"
  | "totalDiffers"
  | "pointsMissing"
  | "pointsNotAllowed"
  | "answerKindNotAllowed"
  | "scaleDiffersFromMaximum"
  | "bandAboveMaximum"
  | "bandsNotDescending"
  | "derivedNeedsShare"
  | "levelsNotAscending"
  | "classesNotDescending"
  | "classAboveTotal"
  | "minimumAboveMaximum"
  | "unknownItem"
  | "incomplete";

/** One thing wrong with a set: a key for the editor and the code of the group, item or class it concerns. */
export type DefinitionIssue = Readonly<{ key: DefinitionIssueKey; code?: string }>;

function isStrictlyDescending(values: readonly number[]): boolean {
  return values.every((value, index) => {
    const next = values[index + 1];
    return next === undefined || value > next;
  });
}

function duplicates(codes: readonly string[]): string[] {
  return [...new Set(codes.filter((code, index) => codes.indexOf(code) !== index))];
}

function pointItemIssues(item: CriteriaItem, scoring: PointsScoring): DefinitionIssueKey[] {
  const { answer, maxPoints } = item;
  if (answer.kind === "level" || answer.kind === "levelShare") return ["answerKindNotAllowed"];
  if (maxPoints === null || maxPoints === 0) return ["pointsMissing"];

  const issues: DefinitionIssueKey[] = [];
  if ((scoring.minPerItem ?? 0) > maxPoints) issues.push("minimumAboveMaximum");
  if (answer.kind === "scale" && answer.max !== maxPoints) issues.push("scaleDiffersFromMaximum");
  if (answer.kind === "share") {
    if (answer.bands.some((band) => band.points > maxPoints)) issues.push("bandAboveMaximum");
    const isOrdered =
      isStrictlyDescending(answer.bands.map((band) => band.atLeast)) &&
      isStrictlyDescending(answer.bands.map((band) => band.points));
    if (!isOrdered) issues.push("bandsNotDescending");
  }

  return issues;
}

function levelItemIssues(item: CriteriaItem): DefinitionIssueKey[] {
  const { answer } = item;
  if (answer.kind !== "level" && answer.kind !== "levelShare") return ["answerKindNotAllowed"];

  const issues: DefinitionIssueKey[] = [];
  if (item.maxPoints !== null) issues.push("pointsNotAllowed");
  if (answer.kind === "levelShare" && answer.level1 > answer.level2) issues.push("levelsNotAscending");

  return issues;
}

function scoringIssues(items: CriteriaItem[], scoring: PointsScoring | LevelScoring): DefinitionIssue[] {
  if (scoring.kind === "levels") return [];

  const issues: DefinitionIssue[] = [];
  const sum = items.reduce((total, item) => total + (item.maxPoints ?? 0), 0);
  if (sum !== scoring.total) issues.push({ key: "totalDiffers" });
  if (!isStrictlyDescending(scoring.classes.map((one) => one.atLeast))) {
    issues.push({ key: "classesNotDescending" });
  }
  for (const one of scoring.classes) {
    if (one.atLeast > scoring.total) issues.push({ key: "classAboveTotal", code: one.code });
  }

  return issues;
}

/**
 * Everything the shape alone cannot tell: sums, orders, unique codes, kinds that fit the way of scoring.
 * A definition with issues must not be scored with; a draft may be kept with them.
 */
export function checkDefinition(definition: CriteriaSetDefinition): DefinitionIssue[] {
  const { scoring, groups } = definition;
  const items = listItems(definition);
  const classCodes =
    scoring.kind === "points"
      ? scoring.classes.map((one) => one.code)
      : scoring.levels.map((one) => one.code);
  const issues: DefinitionIssue[] = [
    ...duplicates(groups.map((group) => group.code)),
    ...duplicates(items.map((item) => item.code)),
    ...duplicates(classCodes),
  ].map((code) => ({ key: "duplicateCode", code }));

  for (const item of items) {
    const keys = scoring.kind === "points" ? pointItemIssues(item, scoring) : levelItemIssues(item);
    if (item.derived && item.answer.kind !== "share" && item.answer.kind !== "levelShare") {
      keys.push("derivedNeedsShare");
    }
    issues.push(...keys.map((key) => ({ key, code: item.code })));
  }

  return [...issues, ...scoringIssues(items, scoring)];
}

/** What stands between a draft and its publication (also as a template); empty when it may be published. */
export function publicationIssues(definition: CriteriaSetDefinition): DefinitionIssue[] {
  const unknown = listItems(definition)
    .filter((item) => item.provenance === "unknown")
    .map((item): DefinitionIssue => ({ key: "unknownItem", code: item.code }));
  const incomplete: DefinitionIssue[] = definition.incomplete ? [{ key: "incomplete" }] : [];

  return [...checkDefinition(definition), ...unknown, ...incomplete];
}
