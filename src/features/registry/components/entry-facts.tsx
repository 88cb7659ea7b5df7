import Link from "next/link";
import { KeyValueList } from "@/components/data/key-value-list";
import { formatDate } from "@/lib/format/date";
import type { Entry } from "../data/entry";
import type { IdentityMask } from "../data/identity";
import { factsOf, valuesOf } from "../facts";
import { isAdult } from "../utils";
import { IdentityValue } from "./identity-value";

/** What the register knows of a subject, where it stands, and since when. */
export function EntryFacts({
  entry,
  year,
  path,
  identity,
  canWrite,
}: Readonly<{
  entry: Entry;
  year: number;
  path: readonly Readonly<{ id: number; name: string }>[];
  identity: IdentityMask | undefined;
  canWrite: boolean;
}>) {
  const links: Readonly<Record<string, string | undefined>> = {
    clanId: entry.household?.clan?.id,
    householdId: entry.citizen?.household?.id,
    organisationId: entry.citizen?.organisation?.id,
  };
  const facts = factsOf(entry.title, valuesOf(entry)).map(({ field, label, text }) => {
    const id = links[field];

    return {
      label,
      value: id ? (
        <Link href={`/so-theo-doi/${id}`} className="link">
          {text}
        </Link>
      ) : (
        text
      ),
    };
  });
  const adult = entry.citizen && {
    label: `Người lớn năm ${year}`,
    value: isAdult(entry.citizen.birthYear, year)
      ? `Có (${year - entry.citizen.birthYear} tuổi)`
      : `Chưa (${Math.max(0, year - entry.citizen.birthYear)} tuổi, từ đủ 18 là người lớn)`,
  };
  const homes = entry.homes.length > 1 || entry.activeTo !== null;

  return (
    <KeyValueList
      items={[
        ...facts,
        ...(adult ? [adult] : []),
        ...(identity
          ? [
              {
                label: "Số CCCD",
                value: <IdentityValue subjectId={entry.id} {...identity} canWrite={canWrite} />,
              },
            ]
          : []),
        {
          label: "Địa bàn",
          value: [...path]
            .reverse()
            .map(({ name }) => name)
            .join(" › "),
        },
        { label: "Theo dõi từ", value: formatDate(entry.activeFrom) },
        ...(entry.activeTo === null
          ? []
          : [{ label: "Thôi theo dõi từ", value: formatDate(entry.activeTo) }]),
        ...(homes
          ? [
              {
                label: "Đã ở",
                value: (
                  <ul>
                    {entry.homes.map((home) => (
                      <li key={home.validFrom}>
                        {home.unitName}: từ {formatDate(home.validFrom)}
                        {home.validTo ? ` đến trước ${formatDate(home.validTo)}` : ""}
                      </li>
                    ))}
                  </ul>
                ),
              },
            ]
          : []),
      ]}
    />
  );
}
