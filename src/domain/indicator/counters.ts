import type { TitleCode } from "@/domain/title/title";

export const COUNTER_STAGES = ["Total", "Registered", "Scored", "Submitted", "Recognised"] as const;
export type CounterStage = (typeof COUNTER_STAGES)[number];

/** The counters of `unit_year`: one row per leaf unit and year, summed for everything above. */
export const UNIT_YEAR_COUNTERS = [
  "familyTotal",
  "familyRegistered",
  "familyScored",
  "familySubmitted",
  "familyRecognised",
  "clanTotal",
  "clanRegistered",
  "clanScored",
  "clanSubmitted",
  "clanRecognised",
  "communityTotal",
  "communityRegistered",
  "communityScored",
  "communitySubmitted",
  "communityRecognised",
  "organisationTotal",
  "organisationRegistered",
  "organisationScored",
  "organisationSubmitted",
  "organisationRecognised",
  "citizenTotal",
  "citizenRegistered",
  "citizenScored",
  "citizenSubmitted",
  "citizenRecognised",
  "memberFamilyTotal",
  "memberFamilyRecognised",
  "promotionClanTotal",
  "promotionClanRecognised",
  "adultTotal",
  "adultRecognised",
  "workerTotal",
  "workerRecognised",
  "adultInLearningTotal",
  "adultInLearningRecognised",
  "workerInLearningTotal",
  "workerInLearningRecognised",
  "staffTotal",
  "staffRecognised",
  "staffInLearningTotal",
  "staffInLearningRecognised",
  "citizenDigital",
  "citizenFluent",
] as const;
export type UnitYearCounter = (typeof UNIT_YEAR_COUNTERS)[number];
export type UnitYearCounters = Readonly<Record<UnitYearCounter, number>>;

const PREFIX = {
  FAMILY: "family",
  CLAN: "clan",
  COMMUNITY: "community",
  ORGANISATION: "organisation",
  CITIZEN: "citizen",
} as const satisfies Record<TitleCode, string>;

/** The counter of a title at a stage, for example `familyRecognised`. */
export function titleCounter(title: TitleCode, stage: CounterStage): UnitYearCounter {
  return `${PREFIX[title]}${stage}`;
}

/** The column of a counter: `adultInLearningTotal` → `adult_in_learning_total`. */
export function counterColumn(counter: UnitYearCounter): string {
  return counter.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

export const ZERO_COUNTERS: UnitYearCounters = Object.fromEntries(
  UNIT_YEAR_COUNTERS.map((counter) => [counter, 0]),
) as Record<UnitYearCounter, number>;
