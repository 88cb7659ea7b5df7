import type { Route } from "next";
import Link from "next/link";
import { TITLES } from "@/domain/title/title";
import { planOwnerText } from "@/features/plan/utils";
import { formatTarget } from "@/lib/format/number";
import type { TitleCard } from "../types";

/** The targets of other plans that set the same indicators: in force, but not the nearest. */
export function OtherTargets({
  cards,
  planHref,
}: Readonly<{ cards: readonly TitleCard[]; planHref: string }>) {
  const rows = cards.flatMap((card) =>
    [...card.milestones, ...card.differing].flatMap(({ year, others }) =>
      others.map(({ target }) => ({ title: card.title, year, target })),
    ),
  );

  return (
    <details className="mt-3 rounded-lg border border-line bg-paper px-4 py-2 sm:px-5">
      <summary className="py-1 text-accent max-md:py-2.5">Xem các chỉ tiêu khác ({rows.length})</summary>
      {rows.length === 0 ? (
        <p className="py-2 text-sm text-muted">
          Không có kế hoạch nào khác giao chỉ tiêu cho năm mô hình này.
        </p>
      ) : (
        <ul className="flex flex-col gap-1.5 py-2 text-sm">
          {rows.map(({ title, year, target }) => (
            <li key={target.code}>
              {TITLES[title].nameVi}, năm {year}: <strong>{formatTarget(target.valuePct)}</strong> trên{" "}
              {target.denominator} – {target.document} ({planOwnerText(target)})
            </li>
          ))}
        </ul>
      )}
      <p className="pb-2 text-sm">
        <Link href={planHref as Route} className="link inline-block max-md:py-1.5">
          Tất cả kế hoạch áp dụng cho đơn vị này
        </Link>
      </p>
    </details>
  );
}
