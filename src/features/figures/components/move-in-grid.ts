import type { KeyboardEvent } from "react";

const STEPS: Readonly<Record<string, number>> = { Enter: 1, ArrowDown: 1, ArrowUp: -1 };

/** Moves up and down a column of number cells; at the end Enter stays where it is instead of sending the form. */
export function moveInGrid(event: KeyboardEvent<HTMLInputElement>): void {
  const step = STEPS[event.key];
  if (step === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
  const cell = event.currentTarget.closest("td");
  const row = cell?.closest("tr");
  if (!cell || !row) return;

  event.preventDefault();
  const back = event.key === "Enter" && event.shiftKey;
  const next = (back ? -step : step) > 0 ? row.nextElementSibling : row.previousElementSibling;
  const target = next instanceof HTMLTableRowElement ? next.cells[cell.cellIndex] : undefined;
  target?.querySelector("input")?.focus();
}
