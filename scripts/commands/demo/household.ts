import type { CitizenVariant } from "@/domain/title/title";
import { inSentence, pickName, pickSurname, type Sex } from "./names";
import type { Region } from "./places";
import { idOf, type Random, randomOf } from "./random";
import type { Clan, Hamlet } from "./world";

/** Ages are those of this year; children younger than six at that time are not in the register. */
const AGES_IN = 2026;
const SCHOOL_AGE = 6;
const WORKING_AGE = { from: 18, to: 62 } as const;

export type Person = {
  readonly id: string;
  readonly name: string;
  readonly sex: Sex;
  readonly birthYear: number;
  readonly variant: CitizenVariant;
  readonly isWorker: boolean;
  readonly digitalSkill: "NONE" | "HAS" | "FLUENT";
  readonly household: Household;
  /** Where the person works now; set when the organisations are built. */
  organisationId: string | null;
};

export type Household = {
  readonly id: string;
  readonly name: string;
  readonly surname: string;
  readonly hamlet: Hamlet;
  readonly address: string;
  readonly members: Person[];
  readonly isAssociationMember: boolean;
  readonly poverty: "NONE" | "POOR" | "NEAR_POOR";
  /** First day in the register, yyyy-mm-dd. */
  readonly activeFrom: string;
  /** How much the family cares for learning, 0 to 1: its members and the family itself do well or badly together. */
  readonly zeal: number;
  clan: Clan | null;
};

/** Shares of workers in the working population, by region: farmers, workers and craftsmen; the rest are officials. */
const TRADES: Readonly<Record<Region, readonly [farmer: number, worker: number]>> = {
  HIGHLAND: [0.62, 0.2],
  MEKONG: [0.42, 0.38],
  CITY: [0.2, 0.52],
  MOUNTAIN: [0.72, 0.13],
  BORDER: [0.64, 0.2],
};

function pickVariant(age: number, region: Region, random: Random): CitizenVariant {
  if (age < WORKING_AGE.from) return "STUDENT";
  if (age <= 22 && random.chance(0.45)) return "STUDENT";
  const [farmer, worker] = TRADES[region];
  const draw = random.next();
  if (age > WORKING_AGE.to || draw < farmer) return "FARMER";

  return draw < farmer + worker ? "WORKER" : "OFFICIAL";
}

function pickDigitalSkill(age: number, variant: CitizenVariant, random: Random): Person["digitalSkill"] {
  const draw = random.next();
  if (variant === "OFFICIAL") return draw < 0.55 ? "FLUENT" : "HAS";
  if (age < 12) return draw < 0.4 ? "HAS" : "NONE";
  if (age < 40) return draw < 0.3 ? "FLUENT" : draw < 0.85 ? "HAS" : "NONE";
  if (age < 60) return draw < 0.06 ? "FLUENT" : draw < 0.55 ? "HAS" : "NONE";

  return draw < 0.15 ? "HAS" : "NONE";
}

type Member = { surname: string; sex: Sex; age: number };

/** Head, spouse, children of school age and older ones still at home, sometimes a parent. */
function pickMembers(surname: string, region: Region, random: Random): Member[] {
  const headAge = random.int(27, 74);
  const headSex: Sex = random.chance(0.8) ? "MALE" : "FEMALE";
  const members: Member[] = [{ surname, sex: headSex, age: headAge }];
  // Children bear their father's name.
  let childSurname = surname;

  if (random.chance(headAge > 66 ? 0.55 : 0.86)) {
    const sex: Sex = headSex === "MALE" ? "FEMALE" : "MALE";
    const spouse = {
      surname: pickSurname(region, random),
      sex,
      age: Math.max(21, headAge + random.int(-5, 2)),
    };
    members.push(spouse);
    if (sex === "MALE") childSurname = spouse.surname;
  }
  const children = random.pick([1, 1, 2, 2, 2, 2, 3, 3, 4]);
  let age = headAge - random.int(21, 28);
  for (let child = 0; child < children; child++) {
    const sex: Sex = random.chance(0.51) ? "MALE" : "FEMALE";
    const isAtHome = age >= SCHOOL_AGE && (age <= 22 || random.chance(0.34));
    if (isAtHome) members.push({ surname: childSurname, sex, age });
    age -= random.int(2, 6);
  }
  if (headAge < 54 && random.chance(0.3)) {
    const sex: Sex = random.chance(0.35) ? "MALE" : "FEMALE";
    const isPaternal = headSex === "MALE" && sex === "MALE";
    members.push({
      surname: isPaternal ? surname : pickSurname(region, random),
      sex,
      age: Math.min(91, headAge + random.int(21, 30)),
    });
  }

  return members;
}

/** One household of a hamlet with its members. The household is named after its head. */
export function buildHousehold(hamlet: Hamlet, index: number): Household {
  const key = `household/${hamlet.code}/${index}`;
  const random = randomOf(key);
  const { region, rates } = hamlet.current.district;
  // Half a hamlet bears one name: that is how clans come about.
  const leading = pickSurname(region, randomOf(`leading/${hamlet.old.code}`));
  const surname = random.chance(0.32) ? leading : pickSurname(region, random);
  const members = pickMembers(surname, region, random);
  const draw = random.next();
  const people = members.map((one) => ({ ...one, name: pickName(one.surname, one.sex, random) }));

  const household: Household = {
    id: idOf(key),
    name: people[0]?.name ?? surname,
    surname,
    hamlet,
    address: `Số nhà ${index}, ${inSentence(hamlet.name)}`,
    members: [],
    isAssociationMember: random.chance(0.62),
    poverty: draw < rates.poor ? "POOR" : draw < rates.poor * 1.8 ? "NEAR_POOR" : "NONE",
    activeFrom: random.chance(0.03) ? "2025-03-10" : "2023-01-01",
    zeal: random.next(),
    clan: null,
  };
  for (const [order, { name, sex, age }] of people.entries()) {
    const variant = pickVariant(age, region, random);
    household.members.push({
      id: idOf(`${key}/${order}`),
      name,
      sex,
      birthYear: AGES_IN - age,
      variant,
      isWorker: variant !== "STUDENT" && age >= WORKING_AGE.from && age <= WORKING_AGE.to,
      digitalSkill: pickDigitalSkill(age, variant, random),
      household,
      organisationId: null,
    });
  }

  return household;
}

/** Is the person in the register on 31 December of the year, and old enough for a form of the citizen title. */
export function isCandidate(person: Person, year: number): boolean {
  return year - person.birthYear >= SCHOOL_AGE && isRegistered(person.household, year);
}

export function isRegistered(household: Household, year: number): boolean {
  return household.activeFrom <= `${year}-12-31`;
}

/** Adult in that year: 18 or older (Bộ luật Dân sự 2015, Điều 20). */
export function isAdult(person: Person, year: number): boolean {
  return year - person.birthYear >= 18;
}

export function isSchoolAge(person: Person, year: number): boolean {
  const age = year - person.birthYear;
  return age >= SCHOOL_AGE && age < 18;
}
