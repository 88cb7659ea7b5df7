import { DataTable } from "@/components/data/data-table";
import { EmptyState } from "@/components/feedback/empty-state";
import { TITLE_SLUGS } from "@/domain/title/slug";
import type { TitleCode } from "@/domain/title/title";
import { TITLES } from "@/domain/title/title";
import { formatCount } from "@/lib/format/number";
import type { UnitTotals } from "../types";

/** The units below one above the commune: numbers to compare, and the way down to the register of each commune. */
export function UnitList({
  title,
  year,
  units,
}: Readonly<{ title: TitleCode; year: number; units: readonly UnitTotals[] }>) {
  const noun = TITLES[title].countedNounVi;
  const sum = (key: "total" | "registered" | "scored" | "recognised") =>
    formatCount(units.reduce((all, unit) => all + unit[key], 0));
  const number = (key: "total" | "registered" | "scored" | "recognised", header: string) => ({
    key,
    header,
    align: "right" as const,
    cell: (unit: UnitTotals) => formatCount(unit[key]),
    footer: sum(key),
  });

  return (
    <DataTable
      caption={`Đơn vị trực thuộc, ${noun}, năm ${year}`}
      columns={[
        {
          key: "name",
          header: "Đơn vị",
          isRowHeader: true,
          cell: (unit) => unit.name,
          footer: "Cộng",
        },
        number("total", `Số ${noun}`),
        number("registered", "Đăng ký"),
        number("scored", "Đã chấm"),
        number("recognised", "Được công nhận"),
      ]}
      rows={units}
      rowKey={(unit) => unit.id}
      rowHref={(unit) => `/so-theo-doi?don-vi=${unit.id}&nam=${year}&mo-hinh=${TITLE_SLUGS[title]}`}
      empty={
        <EmptyState title="Chưa có đơn vị trực thuộc trong năm này">
          Đơn vị hành chính thay đổi theo thời gian; hãy chọn năm khác ở đầu trang.
        </EmptyState>
      }
    />
  );
}
