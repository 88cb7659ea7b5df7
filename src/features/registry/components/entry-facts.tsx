import Link from "next/link";
import { KeyValueList } from "@/components/data/key-value-list";
import { formatDate } from "@/lib/format/date";
import type { Entry } from "../data/entry";
import { factsOf, valuesOf } from "../facts";

/** What the register knows of a subject, where it stands, and since when. */
export function EntryFacts({
  entry,
  path,
}: Readonly<{ entry: Entry; path: readonly Readonly<{ id: number; name: string }>[] }>) {
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
  const homes = entry.homes.length > 1 || entry.activeTo !== null;

  return (
    <KeyValueList
      items={[
        ...facts,
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
