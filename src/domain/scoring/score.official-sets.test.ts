import type { Answer, Answers } from "@/domain/criteria/answer";
import { listItems } from "@/domain/criteria/criteria-set";
import { criteriaSet } from "../../../prisma/reference/read-reference";
import { check, inOrder, of, skip } from "./score.examples";

const CITIZEN_SETS = [
  "CITIZEN-324-2023-FARMER",
  "CITIZEN-324-2023-WORKER",
  "CITIZEN-324-2023-OFFICIAL",
  "CITIZEN-324-2023-STUDENT",
  "CITIZEN-244-2022",
];
for (const code of CITIZEN_SETS) {
  check(code, [
    {
      says: "ten eights are 80: đạt",
      answers: inOrder(code, Array(10).fill(8)),
      total: 80,
      classification: "PASS",
      distance: 0,
    },
    {
      says: "79 is one point short",
      answers: inOrder(code, [7, 8, 8, 8, 8, 8, 8, 8, 8, 8]),
      total: 79,
      classification: null,
      distance: 1,
      unmet: ["belowThreshold"],
    },
    {
      says: "94 with a four is not đạt",
      answers: inOrder(code, [10, 10, 10, 10, 10, 4, 10, 10, 10, 10]),
      total: 94,
      classification: null,
      distance: 0,
      unmet: ["belowMinimum"],
    },
    {
      says: "80 with a five is đạt",
      answers: inOrder(code, [5, 9, 9, 9, 8, 8, 8, 8, 8, 8]),
      total: 80,
      classification: "PASS",
    },
    {
      says: "90 with one item open is not final",
      answers: inOrder(code, [10, 10, 10, 10, 10, null, 10, 10, 10, 10]),
      total: 90,
      classification: null,
      missing: ["6"],
    },
    {
      says: "72 of the 90 that apply are 80",
      answers: inOrder(code, [8, 8, 8, 8, 8, skip, 8, 8, 8, 8]),
      total: 80,
      classification: "PASS",
    },
    {
      says: "71 of 90 are 78.89, 1.12 short",
      answers: inOrder(code, [7, 8, 8, 8, 8, skip, 8, 8, 8, 8]),
      total: 78.89,
      classification: null,
      distance: 1.12,
      unmet: ["belowThreshold"],
    },
  ]);
}

const upper = (points: readonly number[]) => inOrder("UPPER-ORGANISATION-22-2020", points);
check("UPPER-ORGANISATION-22-2020", [
  {
    says: "100 is tốt",
    answers: upper([10, 10, 10, 10, 5, 10, 5, 25, 10, 5]),
    total: 100,
    classification: "GOOD",
  },
  {
    says: "85 is tốt",
    answers: upper([10, 10, 10, 10, 5, 10, 5, 10, 10, 5]),
    total: 85,
    classification: "GOOD",
  },
  {
    says: "84 is khá",
    answers: upper([10, 10, 10, 10, 5, 10, 5, 9, 10, 5]),
    total: 84,
    classification: "FAIR",
  },
  {
    says: "70 is khá",
    answers: upper([10, 10, 10, 10, 5, 10, 5, 0, 5, 5]),
    total: 70,
    classification: "FAIR",
  },
  {
    says: "69 is trung bình",
    answers: upper([10, 10, 10, 10, 5, 10, 5, 0, 4, 5]),
    total: 69,
    classification: "AVERAGE",
  },
  {
    says: "50 is trung bình",
    answers: upper([10, 10, 10, 0, 5, 10, 5, 0, 0, 0]),
    total: 50,
    classification: "AVERAGE",
  },
  {
    says: "49 is no class",
    answers: upper([10, 10, 10, 0, 4, 10, 5, 0, 0, 0]),
    total: 49,
    classification: null,
    distance: 1,
    unmet: ["belowThreshold"],
  },
]);

function levels(code: string, level: 0 | 1 | 2, share: Answer): Answers {
  return Object.fromEntries(
    listItems(criteriaSet(code).definition).map((item) => [
      item.code,
      item.answer.kind === "level" ? { level } : share,
    ]),
  );
}
const PROVINCIAL = "UPPER-ORGANISATION-24-2023";
check(PROVINCIAL, [
  {
    says: "everything at level 1",
    answers: levels(PROVINCIAL, 1, of(95, 100)),
    total: 1,
    classification: "LEVEL_1",
  },
  {
    says: "everything at level 2 after a year",
    answers: levels(PROVINCIAL, 2, of(97, 100)),
    facts: { monthsAtLevel1: 12 },
    total: 2,
    classification: "LEVEL_2",
    distance: null,
  },
  {
    says: "everything at level 2 a month too early stays at level 1",
    answers: levels(PROVINCIAL, 2, of(97, 100)),
    facts: { monthsAtLevel1: 11 },
    total: 1,
    classification: "LEVEL_1",
    unmet: ["level2TooEarly"],
  },
  {
    says: "96% of learners hold it at level 1",
    answers: levels(PROVINCIAL, 2, of(96, 100)),
    facts: { monthsAtLevel1: 30 },
    total: 1,
    classification: "LEVEL_1",
  },
  {
    says: "89% of members reach no level",
    answers: { ...levels(PROVINCIAL, 2, of(97, 100)), "3.a": of(89, 100) },
    total: 0,
    classification: null,
    unmet: ["belowLevel1"],
  },
]);

const COMMUNE = "COMMUNE-COMMUNITY-25-2023";
check(COMMUNE, [
  {
    says: "fifteen indicators at level 2 after 12 months",
    answers: levels(COMMUNE, 2, skip),
    facts: { monthsAtLevel1: 12 },
    total: 2,
    classification: "LEVEL_2",
  },
  {
    says: "one indicator at level 1 holds the commune there",
    answers: { ...levels(COMMUNE, 2, skip), "4.2": { level: 1 } },
    facts: { monthsAtLevel1: 12 },
    total: 1,
    classification: "LEVEL_1",
  },
  {
    says: "one open indicator leaves it open",
    answers: Object.fromEntries(Object.entries(levels(COMMUNE, 1, skip)).filter(([code]) => code !== "5.3")),
    total: 0,
    classification: null,
    missing: ["5.3"],
  },
]);
