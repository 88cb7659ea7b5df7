import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { readPublishedResults } from "../../../prisma/reference/read-reference";
import type { PublishedNumbers, TrapCode } from "./traps";
import { figuresOf, impliedTotal, printedAs, recomputed, trapsOf } from "./traps";

const RESULTS = readPublishedResults().results;

const from = (first: number, last: number) =>
  Array.from({ length: last - first + 1 }, (_, index) => first + index);

/** The published rows that trip each trap. */
const TRIPPED: Readonly<Record<TrapCode, readonly number[]>> = {
  RATE_MISMATCH: [52],
  RATE_TRUNCATED: [4, 14, 79],
  RATE_ON_REGISTERED: [40],
  RATE_IS_REGISTRATION: [53, 54, 55, 56],
  DENOMINATOR_NOT_STATED: [...from(5, 10), 15, ...from(41, 44), 49, 51, ...from(81, 83)],
  IMPLIED_TOTAL: [...from(5, 10), 12, 15, 17, 39, ...from(41, 44), 49, 51, ...from(53, 56), 61],
  RECOGNISED_ABOVE_TOTAL: [],
  RECOGNISED_ABOVE_REGISTERED: [],
  RATE_WITHOUT_COUNTS: [...from(57, 60), ...from(81, 83), ...from(90, 92)],
  SEVERAL_YEARS: [...from(1, 4), ...from(17, 20), ...from(25, 32), 50, 51, ...from(74, 77), 83],
  PART_OF_YEAR: [...from(41, 44), ...from(70, 73), 93],
  UP_TO_DATE: [39, 40],
  PERIOD_UNKNOWN: [...from(45, 49), 94],
  PLACE_NOT_TIED: [...from(39, 44), 49, ...from(66, 69), 84, ...from(89, 92), 94],
  APPROXIMATE: [28, ...from(41, 44), 50, 51, 59, 60, 66, ...from(74, 77), 83, ...from(86, 88), 90, 91, 93],
  PART_OF_PEOPLE: [...from(86, 88), ...from(90, 92)],
  OLDER_TITLE: [...from(52, 56), ...from(78, 82)],
  MODEL_INFERRED: [31, ...from(78, 80)],
  LOW_CONFIDENCE: [94],
};

const NUMBERS: PublishedNumbers = {
  unitTie: "TIED",
  periodKind: "YEAR",
  periodFrom: 2020,
  periodTo: 2020,
  model: "GDHT",
  population: null,
  total: 100,
  registered: 90,
  recognised: 72,
  ratePublished: 72,
  rateDecimals: 0,
  denominatorPublished: "TOTAL",
  registeredShare: null,
  approximate: null,
  isOlderTitle: false,
  isModelInferred: false,
  confidence: "SOURCE",
};

const codes = (row: Partial<PublishedNumbers>) => trapsOf({ ...NUMBERS, ...row }).map(({ code }) => code);

describe("the published results", () => {
  it("are all 94 rows, each read once", () => {
    expect(RESULTS.map(({ no }) => no)).toEqual(from(1, 94));
  });

  it.each(Object.entries(TRIPPED))("trip %s in exactly these rows", (code, rows) => {
    expect(
      RESULTS.filter((row) => trapsOf(row).some((trap) => trap.code === code)).map(({ no }) => no),
    ).toEqual(rows);
  });

  it("say by how much a rate differs from its own numbers", () => {
    const [trap] = trapsOf(RESULTS.filter(({ no }) => no === 52)[0] ?? NUMBERS);
    expect(trap).toMatchObject({ code: "RATE_MISMATCH" });
    expect(trap?.code === "RATE_MISMATCH" && trap.difference).toBeCloseTo(70.48 - 74.986, 2);
  });

  it.each([
    [5, 35_996],
    [6, 671],
    [7, 94],
    [8, 30_466],
    [9, 676],
    [10, 78],
    [12, 29_907],
    [15, 73],
    [17, 56_546],
  ])("suppose in row %i a total of %i", (no, total) => {
    expect(impliedTotal(RESULTS.find((row) => row.no === no) ?? NUMBERS)).toBe(total);
  });

  it("become figures only where place, whole years, title and exact counts are certain", () => {
    const taken = RESULTS.filter((row) => typeof figuresOf(row) !== "string").map(({ no }) => no);
    expect(taken).toEqual([
      ...from(1, 10),
      ...from(12, 15),
      ...from(17, 27),
      29,
      30,
      ...from(32, 38),
      ...from(51, 56),
      ...from(61, 64),
    ]);
    expect(figuresOf(RESULTS[0] ?? NUMBERS)).toEqual({
      year: 2020,
      stages: [
        { stage: "Total", value: 167_687 },
        { stage: "Registered", value: 139_605 },
        { stage: "Recognised", value: 122_151 },
      ],
    });
  });
});

describe("a published rate", () => {
  it("that is exactly its own numbers trips nothing", () => {
    expect(codes({})).toEqual([]);
  });

  it("above its total is told", () => {
    expect(codes({ recognised: 120, ratePublished: 120 })).toEqual([
      "RECOGNISED_ABOVE_TOTAL",
      "RECOGNISED_ABOVE_REGISTERED",
    ]);
  });

  it("of those registered is told, not taken for a wrong one", () => {
    expect(codes({ ratePublished: 80 })).toEqual(["RATE_ON_REGISTERED"]);
    expect(codes({ ratePublished: 81 })).toEqual(["RATE_MISMATCH"]);
  });

  it("is found rounded whenever it was rounded, and cut off whenever it was cut off", () => {
    const printed = fc.tuple(
      fc.integer({ min: 1, max: 30_000_000 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      fc.integer({ min: 0, max: 2 }),
    );
    fc.assert(
      fc.property(printed, ([whole, part, decimals]) => {
        const count = Math.floor(whole * part);
        const tenfold = BigInt(10 ** decimals);
        const cut = (BigInt(count) * 100n * tenfold) / BigInt(whole);
        const rounded = (BigInt(count) * 200n * tenfold + BigInt(whole)) / (2n * BigInt(whole));
        expect(printedAs(Number(rounded) / 10 ** decimals, decimals, count, whole)).toBe("ROUNDED");
        expect(printedAs(Number(cut) / 10 ** decimals, decimals, count, whole)).toBe(
          cut === rounded ? "ROUNDED" : "TRUNCATED",
        );
        expect(printedAs(Number(rounded + 1n) / 10 ** decimals, decimals, count, whole)).toBeNull();
      }),
      { numRuns: 2_000 },
    );
  });
});

test("nothing is computed from what is not known", () => {
  expect(recomputed({ total: null, registered: 0, recognised: 5 })).toEqual({
    ofTotal: null,
    ofRegistered: null,
  });
  expect(figuresOf({ ...NUMBERS, total: null, registered: null, recognised: null })).toBe("NO_COUNTS");
});
