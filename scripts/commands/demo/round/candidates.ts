import type { Answers } from "@/domain/criteria/answer";
import type { DerivedValues } from "@/domain/criteria/criteria-set";
import type { CitizenVariant, TitleCode } from "@/domain/title/title";
import { isCandidate, isRegistered } from "../household";
import { type Random, randomOf } from "../random";
import type { Commune, Hamlet, World } from "../world";
import type { DemoYear } from "./scenario";
import {
  citizenAnswers,
  clanSheet,
  communitySheet,
  familySheet,
  type Held,
  organisationSheet,
  type Sheet,
} from "./sheets";

/** One who may be assessed in a year, with the place that counts on its reference date. */
export type Candidate = Readonly<{
  subjectId: string;
  title: TitleCode;
  variant: CitizenVariant | null;
  leafUnitId: number;
  commune: Commune;
  /** Takes part for sure where its title is under way at all: whoever works in an organisation. */
  isEager: boolean;
  /** Chance to reach the threshold, 0 to 1. */
  chance: number;
  paper: (held: Held, random: Random, passes: boolean) => Paper;
}>;

/** Either fixed answers, or a sheet from which answers are still to be taken away. */
export type Paper = Readonly<{ answers: Answers; worse: Sheet["worse"]; derived: DerivedValues }>;

const CITIZEN_BONUS: Readonly<Record<CitizenVariant, number>> = {
  FARMER: -0.14,
  WORKER: -0.02,
  OFFICIAL: 0.22,
  STUDENT: 0.08,
};

const STAFF_BONUS = 0.12;

const isOld = (year: DemoYear) => year < 2025;
const communeOf = (hamlet: Hamlet, year: DemoYear) => (isOld(year) ? hamlet.old : hamlet.current);
const paperOf = ({ full, worse, derived }: Sheet): Paper => ({ answers: full, worse, derived });

function hamletBonus(hamlet: Hamlet): number {
  return (hamlet.spirit - 0.5) * 0.16;
}

function citizens(world: World, year: DemoYear): Candidate[] {
  return world.hamlets.flatMap((hamlet) =>
    hamlet.households.flatMap((household) =>
      household.members
        .filter((person) => isCandidate(person, year))
        .map((person): Candidate => {
          const { citizenPassed } = hamlet.current.district.rates;
          const zeal = (household.zeal - 0.5) * 0.5;
          return {
            subjectId: person.id,
            title: "CITIZEN",
            variant: person.variant,
            leafUnitId: hamlet.unitId,
            commune: communeOf(hamlet, year),
            isEager: person.organisationId !== null,
            chance:
              citizenPassed +
              (person.organisationId === null ? 0 : STAFF_BONUS) +
              CITIZEN_BONUS[person.variant] +
              zeal +
              hamletBonus(hamlet),
            paper: (_held, random, passes) => ({
              answers: citizenAnswers(person, passes, random),
              worse: [],
              derived: {},
            }),
          };
        }),
    ),
  );
}

function families(world: World, year: DemoYear): Candidate[] {
  return world.hamlets.flatMap((hamlet) =>
    hamlet.households
      .filter((household) => isRegistered(household, year))
      .map((household): Candidate => {
        const { familyPassed } = hamlet.current.district.rates;
        const poor = household.poverty === "POOR" ? -0.12 : 0;
        return {
          subjectId: household.id,
          title: "FAMILY",
          variant: null,
          leafUnitId: hamlet.unitId,
          commune: communeOf(hamlet, year),
          isEager: false,
          chance: familyPassed + (household.zeal - 0.5) * 0.3 + poor + hamletBonus(hamlet),
          paper: (held) => paperOf(familySheet(household, year, held)),
        };
      }),
  );
}

function clans(world: World, year: DemoYear): Candidate[] {
  return world.clans.map((clan) => ({
    subjectId: clan.id,
    title: "CLAN",
    variant: null,
    leafUnitId: clan.hamlet.unitId,
    commune: communeOf(clan.hamlet, year),
    isEager: false,
    chance: clan.isPromotion ? 0.95 : 0.7,
    paper: (held) => paperOf(clanSheet(clan, year, held)),
  }));
}

function communities(world: World, year: DemoYear): Candidate[] {
  return world.hamlets.map((hamlet) => ({
    subjectId: hamlet.communityId,
    title: "COMMUNITY",
    variant: null,
    leafUnitId: hamlet.unitId,
    commune: communeOf(hamlet, year),
    isEager: false,
    chance: 0.94,
    paper: (held) => paperOf(communitySheet(hamlet, year, held)),
  }));
}

function organisations(world: World, year: DemoYear): Candidate[] {
  return world.organisations.flatMap((organisation) => {
    const commune = isOld(year) ? organisation.old : organisation.current;
    if (!commune) return [];

    return [
      {
        subjectId: organisation.id,
        title: "ORGANISATION" as const,
        variant: null,
        leafUnitId: commune.unitId,
        commune,
        isEager: false,
        chance: 0.92,
        paper: (held: Held) => paperOf(organisationSheet(organisation, year, held)),
      },
    ];
  });
}

/** Everybody who may be assessed for a title in a year. */
export function candidatesOf(world: World, title: TitleCode, year: DemoYear): Candidate[] {
  switch (title) {
    case "CITIZEN":
      return citizens(world, year);
    case "FAMILY":
      return families(world, year);
    case "CLAN":
      return clans(world, year);
    case "COMMUNITY":
      return communities(world, year);
    case "ORGANISATION":
      return organisations(world, year);
  }
}

/** Good and bad years of one subject lie close together: a large part of its luck is its own. */
export function luckOf(subjectId: string, year: DemoYear): number {
  const own = randomOf(`luck/${subjectId}`).next();
  const ofYear = randomOf(`luck/${subjectId}/${year}`).next();

  return Math.abs(own + (ofYear - 0.5) * 0.3) % 1;
}
