import { cx } from "@/components/cx";

/** A grey block of the size of what is loading, so that nothing jumps when it arrives. */
export function Skeleton({ className = "h-4 w-full" }: Readonly<{ className?: string }>) {
  return <div aria-hidden="true" className={cx("rounded-md bg-draft-soft", className)} />;
}

/** A table on its way; give it the number of rows the table will have. */
export function SkeletonTable({ rows = 8, columns = 5 }: Readonly<{ rows?: number; columns?: number }>) {
  return (
    <div role="status" className="overflow-hidden rounded-lg border border-line bg-paper">
      <span className="sr-only">Đang tải bảng…</span>
      <div aria-hidden="true" className="h-9 border-b border-field bg-page" />
      {Array.from({ length: rows }, (_, row) => (
        <div
          // biome-ignore lint/suspicious/noArrayIndexKey: the rows are all alike and never move.
          key={row}
          aria-hidden="true"
          className="flex h-10 items-center gap-4 border-b border-line px-4 last:border-b-0"
        >
          {Array.from({ length: columns }, (_, column) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the cells are all alike and never move.
            <Skeleton key={column} className={column === 0 ? "h-3 flex-2" : "h-3 flex-1"} />
          ))}
        </div>
      ))}
    </div>
  );
}

/** A card on its way; `className` carries its final height. */
export function SkeletonCard({ className = "h-56" }: Readonly<{ className?: string }>) {
  return (
    <div role="status" className={cx("rounded-lg border border-line bg-paper p-5", className)}>
      <span className="sr-only">Đang tải…</span>
      <Skeleton className="h-4 w-1/2" />
      <Skeleton className="mt-4 h-9 w-1/3" />
      <Skeleton className="mt-4 h-3 w-3/4" />
      <Skeleton className="mt-3 h-3 w-full" />
    </div>
  );
}
