import type { ReactNode } from "react";

/** A place where nothing stands yet: what will stand here, and the first step. */
export function EmptyState({
  title,
  action,
  children,
}: Readonly<{ title: ReactNode; action?: ReactNode; children?: ReactNode }>) {
  return (
    <div className="flex flex-col items-center gap-3 px-4 py-12 text-center">
      <p className="text-base font-semibold">{title}</p>
      {children && <div className="max-w-prose text-muted">{children}</div>}
      {action && <div className="mt-1">{action}</div>}
    </div>
  );
}
