import type { Route } from "next";
import Link from "next/link";
import { Banner } from "@/components/feedback/banner";
import type { Crumb } from "@/components/layout/breadcrumbs";
import { formatDate, formatTime } from "@/lib/format/date";
import { dashboardHref } from "../utils";

type Named = Readonly<{ id: number; name: string }>;

/** The way from the actor's top unit down to this one. `path`: nearest first. */
export function crumbsOf(path: readonly Named[], year: number): Crumb[] {
  return path
    .map((unit, index) =>
      index === 0
        ? { label: unit.name }
        : { label: unit.name, href: dashboardHref({ unitId: unit.id, year }) },
    )
    .reverse();
}

/** When the numbers are of, and by which map. */
export function AsOf({ at, on, year }: Readonly<{ at: Date; on: Date; year: number }>) {
  const day = formatDate(on.toISOString().slice(0, 10));

  return (
    <>
      Năm {year} · số liệu lúc {formatTime(at)} {formatDate(at)}
      {on.getUTCFullYear() !== year && <> · theo địa giới ngày {day}</>}
    </>
  );
}

/** The same people's units before and after a rearrangement. */
export function UnitsInTime({
  former,
  later,
  endedOn,
  year,
}: Readonly<{ former: readonly Named[]; later: readonly Named[]; endedOn: string | null; year: number }>) {
  if (endedOn !== null) {
    return (
      <Banner title={`Đơn vị này hoạt động đến hết ngày ${formatDate(endedOn)}`}>
        Số liệu giữ nguyên như đã báo cáo khi đó.{" "}
        {later.length > 0 && (
          <>
            Hiện thuộc: <UnitLinks units={later} year={year} />.
          </>
        )}
      </Banner>
    );
  }
  if (former.length === 0) return null;

  return (
    <details className="mt-6 text-sm">
      <summary className="py-1 text-accent max-md:py-2.5">
        Đơn vị trước khi sắp xếp ({former.length}): xem số liệu như đã báo cáo khi đó
      </summary>
      <p className="py-2">
        <UnitLinks units={former} year={year} />
      </p>
    </details>
  );
}

function UnitLinks({ units, year }: Readonly<{ units: readonly Named[]; year: number }>) {
  return units.map((unit, index) => (
    <span key={unit.id}>
      {index > 0 && ", "}
      <Link
        href={dashboardHref({ unitId: unit.id, year }) as Route}
        className="link inline-block max-md:py-1.5"
      >
        {unit.name}
      </Link>
    </span>
  ));
}
