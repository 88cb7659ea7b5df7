import type { Route } from "next";
import Link from "next/link";

/** One step of a path; without `href` it is where one stands. */
export type Crumb = Readonly<{ label: string; href?: string }>;

/** The path from the top down to this page. */
export function Breadcrumbs({
  items,
  label = "Đường dẫn",
}: Readonly<{ items: readonly Crumb[]; label?: string }>) {
  return (
    <nav aria-label={label} className="mb-1 print:hidden">
      <ol className="flex flex-wrap gap-x-1.5 text-sm text-muted">
        {items.map((item, index) => (
          <li key={`${item.label}${item.href ?? ""}`} className="flex gap-1.5">
            {index > 0 && <span aria-hidden="true">›</span>}
            {item.href ? (
              <Link href={item.href as Route} className="link py-0.5">
                {item.label}
              </Link>
            ) : (
              <span aria-current="page" className="py-0.5">
                {item.label}
              </span>
            )}
          </li>
        ))}
      </ol>
    </nav>
  );
}

/** The unit whose page this is, with its parents behind it: "Xã Tân Trào › huyện Sơn Dương › Tuyên Quang". */
export function ScopePath({ items }: Readonly<{ items: readonly Crumb[] }>) {
  return (
    <nav aria-label="Địa bàn" className="min-w-0">
      <ol className="flex min-w-0 items-baseline gap-x-1.5 text-sm">
        {items.map((item, index) => (
          <li
            key={`${item.label}${item.href ?? ""}`}
            className={index === 0 ? "truncate font-semibold" : "hidden shrink-0 gap-1.5 text-muted lg:flex"}
          >
            {index > 0 && <span aria-hidden="true">›</span>}
            {item.href ? (
              <Link href={item.href as Route} className="hover:underline">
                {item.label}
              </Link>
            ) : (
              item.label
            )}
          </li>
        ))}
      </ol>
    </nav>
  );
}
