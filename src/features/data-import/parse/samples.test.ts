import { fileURLToPath } from "node:url";
import { describe, expect, it, vi } from "vitest";
import { openSpreadsheet } from "@/lib/spreadsheet/read";
import type { ParsedRow, ProblemCode } from "../types";
import { matchHamlet } from "./hamlet";
import { readAsGuessed } from "./parse.examples";

vi.setConfig({ testTimeout: 60_000 });

const HAMLETS = ["Thôn Bờ Suối", "Thôn Gốc Đa", "Thôn Đồng Mía", "Thôn Khuôn Bưởi", "Thôn Vực Trầu"];

async function read(fileName: string) {
  const path = fileURLToPath(new URL(`../../../../tests/fixtures/lists/${fileName}`, import.meta.url));
  const spreadsheet = await openSpreadsheet(path, { fileName });
  try {
    return await readAsGuessed(spreadsheet, HAMLETS);
  } finally {
    await spreadsheet.close();
  }
}

const hamletOf = (row: ParsedRow) =>
  matchHamlet(
    row.facts.hamlet ?? "",
    HAMLETS.map((name) => ({ name })),
  )?.name;
const count = (rows: readonly ParsedRow[], code: ProblemCode) =>
  rows.filter(({ problems }) => problems.some((problem) => problem.code === code)).length;

// The counts stand in tests/fixtures/lists/README.md.
describe("lists as communes keep them", () => {
  it("households on one sheet, a section per hamlet", async () => {
    const { looks, rows } = await read("01-ho-gia-dinh-mot-trang.xlsx");

    expect(looks).toMatchObject([{ headerRow: 7, target: "FAMILY", hamletText: null }]);
    expect(looks[0]?.columns.map(({ field }) => field)).toEqual([
      null,
      "name",
      "headBirthYear",
      "headBirthYear",
      null,
      "registered",
      null,
      "reached",
      null,
    ]);
    expect(rows).toHaveLength(183);
    expect(rows.filter(({ facts }) => facts.registered)).toHaveLength(159);
    expect(rows.filter(({ facts }) => facts.reached)).toHaveLength(126);
    expect(new Set(rows.map(hamletOf))).toEqual(new Set(HAMLETS));
    expect(rows.flatMap(({ problems }) => problems)).toEqual([]);
    expect(rows.every(({ facts }) => facts.headBirthYear !== undefined)).toBe(true);
    expect(rows[0]?.facts.name).toBe("Bàn Thanh Hoa");
    expect(rows.every(({ facts }) => facts.name !== facts.name?.toUpperCase())).toBe(true);
  });

  it("people on a sheet per hamlet", async () => {
    const { looks, rows } = await read("02-nhan-khau-moi-thon-mot-trang.xlsx");

    expect(looks.map(({ target, hamletText }) => [target, hamletText])).toEqual([
      ["CITIZEN", "Thôn Bờ Suối"],
      ["CITIZEN", "Thôn Gốc Đa"],
      ["CITIZEN", "Thôn Đồng Mía"],
    ]);
    expect(rows).toHaveLength(144);
    expect(rows.flatMap(({ problems }) => problems)).toEqual([]);
    const households = rows.map((row) => `${hamletOf(row)} ${row.facts.householdNumber}`);
    expect(new Set(households).size).toBe(45);
    expect(rows.filter(({ facts }) => facts.isHead)).toHaveLength(45);
    expect(rows.every(({ facts }) => /^008\d{9}$/.test(facts.identityNumber ?? ""))).toBe(true);
    expect(rows.every(({ facts }) => facts.variant !== undefined && facts.sex !== undefined)).toBe(true);
    expect(rows.every(({ facts }) => facts.name === facts.name?.normalize("NFC").trim())).toBe(true);
    expect(rows.slice(0, 5).map(({ facts }) => facts.birthYear)).toEqual([1979, 1969, 1997, 2005, 1960]);
  });

  it("units in a CSV file", async () => {
    const { rows } = await read("03-don-vi.csv");

    expect(rows.map(({ facts }) => facts.organisationKind)).toEqual([
      "SCHOOL",
      "COOPERATIVE",
      "AGENCY",
      "COOPERATIVE",
      "SCHOOL",
      "SCHOOL",
      "COOPERATIVE",
    ]);
    expect(rows.filter(({ facts }) => facts.registered)).toHaveLength(5);
    expect(rows.flatMap(({ problems }) => problems)).toEqual([]);
  });

  it("two hundred rows with mistakes", async () => {
    const { rows } = await read("04-hai-tram-dong-co-loi.xlsx");
    const sound = rows.filter((row) => row.problems.length === 0 && hamletOf(row) !== undefined);
    const distinct = new Set(sound.map(({ facts }) => JSON.stringify(facts)));

    expect(rows).toHaveLength(200);
    expect(count(rows, "NAME_MISSING")).toBe(3);
    expect(count(rows, "BIRTH_YEAR_IN_FUTURE")).toBe(9);
    expect(count(rows, "BIRTH_YEAR_NOT_A_YEAR")).toBe(9);
    expect(rows.filter((row) => row.problems.length === 0 && hamletOf(row) === undefined)).toHaveLength(6);
    expect(distinct.size).toBe(164);
    expect(sound.length - distinct.size).toBe(9);
  });
});
