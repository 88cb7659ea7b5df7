import type { ReactNode } from "react";
import { ParamSelect } from "@/components/data/param-select";
import { Tabs } from "@/components/data/tabs";
import { PageHeader } from "@/components/layout/page-header";
import type { FigurePlace } from "../loaders";

const VIEWS = [
  ["", "Cả đơn vị"],
  ["/tung-noi", "Từng nơi"],
  ["/tep", "Bằng tệp Excel"],
] as const;

/** The head of the pages on which figures of one unit and year are entered: which unit, which year, by which way. */
export function FigurePlaceHeader({
  place,
  current,
  state,
  title = "Số chính thức",
}: Readonly<{
  place: FigurePlace;
  current: (typeof VIEWS)[number][0] | null;
  state: ReactNode;
  title?: string;
}>) {
  const { unit } = place.scope;
  const query = `don-vi=${unit.id}&nam=${place.scope.year}&nam-so-lieu=${place.year}`;

  return (
    <>
      <PageHeader
        title={`${title}: ${unit.name}`}
        crumbs={[
          { label: "Bảng điều hành", href: `/bang-dieu-hanh?don-vi=${unit.id}&nam=${place.scope.year}` },
          { label: title },
        ]}
        state={state}
        action={
          <ParamSelect
            label="Số liệu năm"
            param="nam-so-lieu"
            value={String(place.year)}
            options={place.years.map((one) => ({ value: String(one), label: String(one) }))}
          />
        }
      />
      {current !== null && (
        <Tabs
          label="Cách nhập"
          items={VIEWS.map(([path, label]) => ({
            href: `/bang-dieu-hanh/so-chinh-thuc${path}?${query}`,
            label,
            isCurrent: path === current,
          }))}
        />
      )}
    </>
  );
}
