import type { ReactNode } from "react";
import { KeyValueList } from "@/components/data/key-value-list";
import { SectionCard } from "@/components/layout/section-card";
import { UNIT_LEVEL_NAMES } from "@/domain/territory/territory";
import { formatDate } from "@/lib/format/date";
import type { UnitHistory, UnitRef } from "../data";
import { validityText } from "../validity";

const POPULATION_NAMES: Readonly<Record<string, string>> = {
  WHOLE: "toàn bộ dân số",
  PART: "một phần dân số",
  NONE: "chỉ diện tích",
  UNKNOWN: "chưa rõ phần dân số",
};

/** What the map knows of one unit, with dates and links to the units around it. */
export function UnitHistoryView({ history }: Readonly<{ history: UnitHistory & { children: UnitRef[] } }>) {
  const { unit, names, parents, became, cameFrom, children } = history;

  return (
    <div className="mb-6">
      <SectionCard title={`${unit.name} là đơn vị nào?`}>
        <KeyValueList
          items={[
            {
              label: "Cấp",
              value: UNIT_LEVEL_NAMES[unit.level as keyof typeof UNIT_LEVEL_NAMES] ?? unit.level,
            },
            { label: "Mã", value: unit.code },
            { label: "Thời gian", value: validityText(unit) },
            {
              label: "Tên theo thời gian",
              value: <List items={names.map((name) => `${name.name} (${validityText(name)})`)} />,
            },
            {
              label: "Thuộc",
              value: (
                <List
                  items={parents.map((parent) => (
                    <UnitLink key={parent.id} unit={parent}>
                      {" "}
                      ({validityText(parent)}
                      {parent.kind === "SUCCESSION" ? ", số liệu cũ tính vào đây" : ""})
                    </UnitLink>
                  ))}
                />
              ),
            },
            {
              label: "Chuyển thành",
              value: (
                <List
                  items={became.map((next) => (
                    <UnitLink key={next.id} unit={next}>
                      {" "}
                      ({formatDate(next.effectiveOn)}, {POPULATION_NAMES[next.population]})
                    </UnitLink>
                  ))}
                />
              ),
            },
            {
              label: "Hình thành từ",
              value: (
                <List
                  items={cameFrom.map((old) => (
                    <UnitLink key={old.id} unit={old}>
                      {" "}
                      ({formatDate(old.effectiveOn)}, {POPULATION_NAMES[old.population]})
                    </UnitLink>
                  ))}
                />
              ),
            },
            {
              label: "Gồm",
              value: <List items={children.map((child) => <UnitLink key={child.id} unit={child} />)} />,
            },
          ]}
        />
      </SectionCard>
    </div>
  );
}

function UnitLink({
  unit,
  children,
}: Readonly<{ unit: { id: number; name: string }; children?: ReactNode }>) {
  return (
    <>
      <a className="link" href={`/quan-tri/dia-gioi?ma=${unit.id}`}>
        {unit.name}
      </a>
      {children}
    </>
  );
}

function List({ items }: Readonly<{ items: readonly ReactNode[] }>) {
  if (items.length === 0) return "–";

  return (
    <ul className="flex flex-wrap gap-x-4 gap-y-1">
      {items.map((item, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a fixed list that is never reordered
        <li key={index}>{item}</li>
      ))}
    </ul>
  );
}
