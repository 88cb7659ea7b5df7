import type { PathStep } from "@/domain/plan/binding-target";
import type { UnitLevel } from "@/domain/territory/territory";
import type { Predecessor, TargetRow } from "./types";

/** Where on today's way up an ended unit's plan stands: a district's work went on in the review area. */
const SUCCESSOR_LEVELS: Partial<Record<string, readonly UnitLevel[]>> = {
  COMMUNE: ["COMMUNE"],
  DISTRICT: ["REVIEW_AREA", "COMMUNE"],
  PROVINCE: ["PROVINCE"],
};

/**
 * The way up from a unit as the rules of plans take it: each step with the ended units it follows.
 * @param path the unit and those above it, nearest first
 */
export function planPath(
  path: readonly Readonly<{ id: number; level: string }>[],
  predecessors: readonly Predecessor[],
): PathStep<number>[] {
  const steps = path.map(({ id }) => ({ unitId: id, predecessorIds: [] as number[] }));
  for (const predecessor of predecessors) {
    const levels = SUCCESSOR_LEVELS[predecessor.level] ?? [];
    const index = levels
      .map((level) => path.findIndex((one) => one.level === level))
      .find((found) => found !== -1);
    if (index !== undefined) steps[index]?.predecessorIds.push(predecessor.id);
  }

  return steps;
}

/** Whose plan it is and that it was issued for a unit that has ended: "Kế hoạch huyện Sơn Dương (đơn vị cũ)". */
export function planOwnerText(target: Pick<TargetRow, "planUnit">): string {
  const { name, endedOn } = target.planUnit;

  return endedOn === null ? name : `${name} (đơn vị cũ, ban hành trước khi sắp xếp)`;
}

const CONFIDENCE: Readonly<Record<string, string>> = { source: "Theo văn bản", inferred: "Suy ra" };

/** How sure a target is, in words. */
export function confidenceText(confidence: string): string {
  return CONFIDENCE[confidence] ?? confidence;
}
