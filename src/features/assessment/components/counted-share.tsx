"use client";

import type { Route } from "next";
import Link from "next/link";
import type { CriteriaItem } from "@/domain/criteria/criteria-set";
import type { Ratio } from "@/domain/criteria/ratio";
import { derivedLabel, shareText } from "@/features/assessment/utils";
import { formatCount } from "@/lib/format/number";

/** A share the system counted: both numbers in words, where they come from, and the way to put another in their place. */
export function CountedShare({
  item,
  counted,
  isOfficial,
  sourceHref,
  isOverruling,
  isDisabled,
  onOverrule,
}: Readonly<{
  item: CriteriaItem;
  counted: Ratio;
  isOfficial: boolean;
  sourceHref: string | null;
  isOverruling: boolean;
  isDisabled: boolean;
  onOverrule: (isOverruling: boolean) => void;
}>) {
  const label = derivedLabel(item);

  return (
    <div className="max-w-2xl rounded-md border border-line bg-page px-4 py-2">
      <p>
        <span className="text-sm text-muted">Hệ thống tự đếm: </span>
        <span className="tabular font-semibold">{shareText(counted)}</span>
      </p>
      {label && (
        <p className="text-sm text-muted">
          {formatCount(counted.numerator)} {label.numeratorVi} trên {formatCount(counted.denominator)}{" "}
          {label.denominatorVi} {isOfficial ? "(tổng số chính thức đã nhập)" : "(theo sổ theo dõi)"}.{" "}
          {sourceHref && (
            <Link href={sourceHref as Route} className="link">
              Xem danh sách
            </Link>
          )}
        </p>
      )}
      <label className="flex min-h-11 cursor-pointer items-center gap-3 text-sm md:min-h-9">
        <input
          type="checkbox"
          checked={isOverruling}
          disabled={isDisabled}
          onChange={(event) => onOverrule(event.target.checked)}
          className="size-5 shrink-0 cursor-pointer accent-accent"
        />
        Sửa số này (phải ghi lý do)
      </label>
    </div>
  );
}
