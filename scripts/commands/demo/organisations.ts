import type { CitizenVariant } from "@/domain/title/title";
import type { Household, Person } from "./household";
import { idOf, randomOf } from "./random";
import type { Commune, Hamlet } from "./world";

export const MERGER = "2025-07-01";
const FOUNDED = "2023-01-01";

export type OrganisationKind = "AGENCY" | "SCHOOL" | "ENTERPRISE" | "COOPERATIVE" | "HEALTH";

export type Organisation = Readonly<{
  id: string;
  name: string;
  kind: OrganisationKind;
  /** Where it stood until 30/6/2025; null when it was founded later. */
  old: Commune | null;
  /** Where it stands from 1/7/2025; null when it was closed that day. */
  current: Commune | null;
  activeFrom: string;
  activeTo: string | null;
  /** Who worked there while it existed. */
  staff: readonly Person[];
}>;

/** The commune's name without its type: `Xã Tân Trào` gives `Tân Trào`. */
export function bareName(commune: Commune): string {
  return commune.name.startsWith(`${commune.type} `)
    ? commune.name.slice(commune.type.length + 1)
    : commune.name;
}

/** People kept for the commune's office, which is staffed later. */
const isTaken = new WeakSet<Person>();

/** Takes people of working age with a trade out of those not employed yet. */
function hire(people: Person[], variant: CitizenVariant, count: number): Person[] {
  const hired: Person[] = [];
  for (const person of people) {
    if (hired.length === count) break;
    if (
      person.variant === variant &&
      person.isWorker &&
      person.organisationId === null &&
      !isTaken.has(person)
    ) {
      hired.push(person);
    }
  }

  return hired;
}

function establish(facts: Omit<Organisation, "id" | "activeFrom" | "activeTo">, key: string): Organisation {
  const organisation: Organisation = {
    ...facts,
    id: idOf(`organisation/${key}`),
    activeFrom: facts.old ? FOUNDED : MERGER,
    activeTo: facts.current ? null : MERGER,
  };
  if (facts.current) for (const person of facts.staff) person.organisationId = organisation.id;

  return organisation;
}

const ENTERPRISES: Readonly<Record<string, readonly string[]>> = {
  HIGHLAND: ["Công ty TNHH Chè", "Công ty TNHH Chế biến gỗ"],
  MEKONG: ["Công ty TNHH Xay xát", "Công ty cổ phần May"],
  CITY: ["Công ty TNHH Cơ khí", "Công ty cổ phần Bao bì"],
  MOUNTAIN: ["Công ty TNHH Miến dong", "Công ty TNHH Du lịch"],
  BORDER: ["Công ty TNHH Thương mại", "Công ty TNHH Cà phê"],
};

/** Schools, health station, cooperative and enterprise of an old commune; they move with it into the new one. */
export function buildOrganisations(
  old: Commune,
  current: Commune,
  hamlets: readonly Hamlet[],
): Organisation[] {
  const random = randomOf(`organisations/${old.code}`);
  const people = random.shuffle(
    hamlets.flatMap((one) => one.households).flatMap((one: Household) => one.members),
  );
  const place = bareName(old);
  const office = hire(people, "OFFICIAL", 3);
  for (const person of office) isTaken.add(person);

  const plans: [OrganisationKind, string, CitizenVariant, number][] = [
    ["SCHOOL", `Trường Tiểu học ${place}`, "OFFICIAL", 6],
    ["SCHOOL", `Trường Trung học cơ sở ${place}`, "OFFICIAL", 6],
    ["HEALTH", `Trạm Y tế ${old.type.toLowerCase()} ${place}`, "OFFICIAL", 3],
  ];
  if (random.chance(0.55)) plans.push(["COOPERATIVE", `Hợp tác xã Nông nghiệp ${place}`, "FARMER", 8]);
  if (random.chance(0.45)) {
    const kind = random.pick(ENTERPRISES[old.district.region] ?? ["Công ty TNHH"]);
    plans.push(["ENTERPRISE", `${kind} ${place}`, "WORKER", 10]);
  }

  return plans.flatMap(([kind, name, variant, count]) => {
    const staff = hire(people, variant, count);
    return staff.length < 2 ? [] : [establish({ name, kind, old, current, staff }, `${old.code}/${name}`)];
  });
}

/** The commune offices: those of the old communes closed on 1/7/2025, that of the new one took over their people. */
export function buildOffices(
  olds: readonly Commune[],
  current: Commune,
  hamlets: readonly Hamlet[],
): Organisation[] {
  const staffOf = (old: Commune) =>
    hamlets
      .filter((hamlet) => hamlet.old === old)
      .flatMap((hamlet) => hamlet.households)
      .flatMap((household) => household.members)
      .filter((person) => isTaken.has(person));
  const closed = olds.map((old) =>
    establish(
      { name: officeName(old), kind: "AGENCY", old, current: null, staff: staffOf(old) },
      `${old.code}/office`,
    ),
  );
  const merged = establish(
    { name: officeName(current), kind: "AGENCY", old: null, current, staff: olds.flatMap(staffOf) },
    `${current.code}/new-office`,
  );

  return [...closed, merged];
}

function officeName(commune: Commune): string {
  return `Ủy ban nhân dân ${commune.type.toLowerCase()} ${bareName(commune)}`;
}
