import type { FigureBatch } from "./types";

/** How many numbers of a file are new, changed, as they stand, and how many places were refused. */
export function batchCounts(batch: Pick<FigureBatch, "cells" | "problems" | "unchanged">): {
  added: number;
  changed: number;
  unchanged: number;
  rejected: number;
} {
  const added = batch.cells.filter(({ before }) => before === null).length;

  return {
    added,
    changed: batch.cells.length - added,
    unchanged: batch.unchanged,
    rejected: batch.problems.length,
  };
}
