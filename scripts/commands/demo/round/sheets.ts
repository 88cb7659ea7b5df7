import type { Answer, Answers } from "@/domain/criteria/answer";
import type { DerivedValues } from "@/domain/criteria/criteria-set";
import type { Ratio } from "@/domain/criteria/ratio";
import type { CitizenVariant } from "@/domain/title/title";
import { type Household, isAdult, isRegistered, isSchoolAge, type Person } from "../household";
import type { Organisation } from "../organisations";
import type { Random } from "../random";
import type { Clan, Hamlet } from "../world";

/** The answers that would give full points, what could be worse about them, and the shares the system counts. */
export type Sheet = Readonly<{
  full: Answers;
  worse: readonly (readonly [string, Answer])[];
  derived: DerivedValues;
}>;

/** Who holds a title in the year, as far as the round has come. */
export type Held = ReadonlySet<string>;

const NO: Answer = { yes: false };
const YES: Answer = { yes: true };
const absent = (reason: string): Answer => ({ notApplicable: true, reason });
const share = (numerator: number, denominator: number): Answer => ({ numerator, denominator });
const all = (count: number, reason: string): Answer => (count > 0 ? share(count, count) : absent(reason));

/** `[code, answer]` with a smaller numerator, where there is somebody to leave out. */
function less(code: string, count: number, by: number): (readonly [string, Answer])[] {
  return count > 0 ? [[code, share(Math.max(0, count - by), count)]] : [];
}

function countOf<T>(list: readonly T[], test: (one: T) => boolean): number {
  return list.filter(test).length;
}

function heldShare(people: readonly Readonly<{ id: string }>[], held: Held): Ratio {
  return { numerator: countOf(people, (one) => held.has(one.id)), denominator: people.length };
}

/** The family's sheet (FAMILY-TEMPLATE-2022). */
export function familySheet(household: Household, year: number, held: Held): Sheet {
  const { members } = household;
  const children = countOf(members, (one) => isSchoolAge(one, year));
  const adults = members.filter((one) => isAdult(one, year));
  const literate = countOf(members, (one) => year - one.birthYear >= 19 && year - one.birthYear <= 60);
  const noChild = "Hộ không có trẻ trong độ tuổi đến trường.";

  return {
    full: {
      "1.1": all(children, noChild),
      "1.2": all(children, noChild),
      "1.3": children > 0 ? YES : absent(noChild),
      "2.1": all(literate, "Hộ không có người từ 19 đến 60 tuổi."),
      "2.2": all(adults.length, "Hộ không có người lớn."),
      "3.1": YES,
      "3.2": YES,
      "4.1": YES,
      "4.2": YES,
    },
    worse: [
      ...less("1.1", children, 1),
      ...less("1.2", children, 1),
      ...less("2.2", adults.length, Math.ceil(adults.length / 2)),
      ["3.1", NO],
      ["3.2", NO],
      ["4.1", NO],
      ["4.2", NO],
    ],
    derived: { "household.adultCitizenShare": heldShare(adults, held) },
  };
}

/** The clan's sheet (CLAN-TEMPLATE-2022). */
export function clanSheet(clan: Clan, year: number, held: Held): Sheet {
  const families = clan.households.filter((one) => isRegistered(one, year));
  const people = families.flatMap((one) => one.members);
  const children = countOf(people, (one) => isSchoolAge(one, year));

  return {
    full: {
      "1.1": YES,
      "1.2": YES,
      "1.3": YES,
      "2.2": all(children, "Dòng họ không có trẻ trong độ tuổi đến trường."),
      "3.1": YES,
      "3.2": YES,
      "3.3": YES,
    },
    worse: [["1.2", NO], ["1.3", NO], ["3.1", NO], ["3.3", NO], ...less("2.2", children, 1)],
    derived: {
      "clan.familyShare": heldShare(families, held),
      "clan.adultCitizenShare": heldShare(
        people.filter((one) => isAdult(one, year)),
        held,
      ),
    },
  };
}

/** The hamlet's sheet (COMMUNITY-TEMPLATE-2022). Without clans the share of clans is not applicable. */
export function communitySheet(hamlet: Hamlet, year: number, held: Held): Sheet {
  const families = hamlet.households.filter((one) => isRegistered(one, year));
  const people = families.flatMap((one) => one.members);
  const learners = countOf(people, (one) => year - one.birthYear >= 6 && year - one.birthYear <= 60);
  const hasClans = hamlet.clans.length > 0;

  return {
    full: {
      "1.1": YES,
      "1.2": YES,
      "1.3": YES,
      ...(!hasClans && { "2.2": absent("Trên địa bàn không có dòng họ trong sổ theo dõi.") }),
      "2.4": share(learners, learners),
      "3.1": YES,
      "3.2": YES,
      "3.3": YES,
    },
    worse: [["1.3", NO], ["3.1", NO], ["3.2", NO], ...less("2.4", learners, Math.ceil(learners * 0.04))],
    derived: {
      "hamlet.familyShare": heldShare(families, held),
      ...(hasClans && { "hamlet.clanShare": heldShare(hamlet.clans, held) }),
      "hamlet.workerCitizenShare": heldShare(
        people.filter((one) => one.isWorker),
        held,
      ),
    },
  };
}

/**
 * The organisation's sheet (ORGANISATION-TEMPLATE-2022). The people of a closed office work elsewhere now: the register counts
 * none for it, so that its share was answered by hand.
 */
export function organisationSheet(organisation: Organisation, year: number, held: Held): Sheet {
  const staff = organisation.staff.filter((one) => isRegistered(one.household, year));
  const members = heldShare(staff, held);
  const size = staff.length;

  return {
    full: {
      "1.1": YES,
      "1.2": YES,
      "1.3": YES,
      "2.1": share(size, size),
      "2.2": share(size, size),
      "2.3": share(size, size),
      "2.4": share(Math.ceil(size * 0.8), size),
      ...(organisation.activeTo !== null && { "3.1": members }),
      "3.2": YES,
      "3.3": YES,
    },
    worse: [
      ["1.2", NO],
      ["1.3", NO],
      ["3.2", NO],
      ["3.3", NO],
      ...less("2.1", size, 1),
      ...less("2.2", size, 1),
    ],
    derived: organisation.activeTo === null ? { "organisation.memberCitizenShare": members } : {},
  };
}

const ITEMS = ["1", "2", "3", "4", "5", "6", "7", "8", "9", "10"] as const;
/** Foreign languages (item 6) and computers (5) come hard to those who do not need them at work. */
const WEAK: Readonly<Record<CitizenVariant, readonly string[]>> = {
  FARMER: ["5", "6"],
  WORKER: ["6", "8"],
  OFFICIAL: ["6"],
  STUDENT: ["2"],
};

/** The citizen's points (324/QĐ-KHVN: total of at least 80, no item below 5), well or not well enough. */
export function citizenAnswers(person: Person, passes: boolean, random: Random): Answers {
  const weak = WEAK[person.variant];
  const points = new Map<string, number>(
    ITEMS.map((code) => {
      if (passes) return [code, weak.includes(code) ? random.int(5, 8) : random.int(7, 10)];
      return [code, weak.includes(code) ? random.int(3, 6) : random.int(6, 8)];
    }),
  );
  const sum = () => [...points.values()].reduce((total, one) => total + one, 0);
  while (passes && sum() < 80) {
    const code = random.pick(ITEMS);
    points.set(code, Math.min(10, (points.get(code) ?? 0) + 1));
  }
  while (!passes && sum() >= 80) {
    const code = random.pick(ITEMS);
    points.set(code, Math.max(3, (points.get(code) ?? 0) - 1));
  }

  return Object.fromEntries([...points].map(([code, value]) => [code, { points: value }]));
}
