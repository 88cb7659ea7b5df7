import { FilterBar } from "@/components/data/filter-bar";
import type { RegistryFilter } from "../filter";
import { filterParams, paramOf } from "../filter";
import { filterChoices, sortChoice, standsInHamlet } from "../filter-names";
import type { Place } from "../types";

/** What a list of the register can be narrowed and ordered by; every choice stands in the address. */
export function RegistryFilters({
  filter,
  hamlets,
}: Readonly<{ filter: RegistryFilter; hamlets: readonly Place[] }>) {
  const isByHamlet = hamlets.length > 1 && standsInHamlet(filter.title);
  const { often, seldom } = filterChoices(filter);
  const chosen = filterParams(filter);
  const keep = ["don-vi", "nam", "mo-hinh", paramOf("clanId"), paramOf("organisationId")].flatMap((name) => {
    const value = chosen.get(name);

    return value === null ? [] : [[name, value] as const];
  });

  return (
    <FilterBar
      action="/so-theo-doi"
      keep={{ ...Object.fromEntries(keep), xem: "danh-sach" }}
      selects={[
        ...(isByHamlet
          ? [
              {
                name: paramOf("hamletId"),
                label: "Thôn, tổ dân phố",
                value: String(filter.hamletId ?? ""),
                allLabel: "Tất cả thôn",
                options: hamlets.map(({ id, name }) => ({ value: String(id), label: name })),
              },
            ]
          : []),
        ...often,
        sortChoice(filter, isByHamlet),
      ]}
      more={seldom}
    />
  );
}
