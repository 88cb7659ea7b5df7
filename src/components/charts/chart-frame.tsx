"use client";

import type { ReactNode } from "react";
import { useState } from "react";
import { ToggleButton, ToggleButtonGroup } from "react-aria-components";
import { cx } from "@/components/cx";

/**
 * A chart and the same numbers as a table, one at a time, switched by "Biểu đồ / Bảng".
 *
 * @param label names the chart for those who do not see it
 * @param note source of the numbers, below both views
 */
export function ChartFrame({
  label,
  chart,
  table,
  note,
}: Readonly<{ label: string; chart: ReactNode; table: ReactNode; note?: ReactNode }>) {
  const [view, setView] = useState<"chart" | "table">("chart");

  return (
    <figure aria-label={label} className="min-w-0">
      <ToggleButtonGroup
        aria-label={`Cách xem: ${label}`}
        selectionMode="single"
        disallowEmptySelection
        selectedKeys={[view]}
        onSelectionChange={(keys) => setView(keys.has("table") ? "table" : "chart")}
        className="mb-3 flex justify-end print:hidden"
      >
        {(["chart", "table"] as const).map((id) => (
          <ToggleButton
            key={id}
            id={id}
            className={cx(
              "min-h-11 border border-field px-3 text-sm first:rounded-l-md last:-ml-px last:rounded-r-md md:min-h-8",
              "focus-visible:relative focus-visible:z-10",
              "data-selected:border-accent data-selected:bg-accent-soft data-selected:font-semibold data-selected:text-accent",
              "not-data-selected:bg-paper not-data-selected:hover:bg-page",
            )}
          >
            {id === "chart" ? "Biểu đồ" : "Bảng"}
          </ToggleButton>
        ))}
      </ToggleButtonGroup>
      {view === "chart" ? chart : table}
      {note && <figcaption className="mt-3 text-xs text-muted">{note}</figcaption>}
    </figure>
  );
}
