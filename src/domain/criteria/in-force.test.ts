import { describe, expect, it } from "vitest";
import { readCriteriaSets } from "../../../prisma/reference/read-reference";
import { type CriteriaSetHeader, criteriaSetInForce } from "./in-force";

const NATION = 1;
const PROVINCE = 8;
const COMMUNE = 80;
const unitPath = [COMMUNE, PROVINCE, NATION];
const national = readCriteriaSets().map(({ definition: _, ...header }) => ({ ...header, unitId: NATION }));
const family: CriteriaSetHeader<number> = {
  code: "FAMILY-PROVINCE",
  title: "FAMILY",
  variant: null,
  unitId: PROVINCE,
  validFrom: "2025-01-01",
  validTo: "2027-01-01",
  status: "PUBLISHED",
};

const codeOf = (
  sets: readonly CriteriaSetHeader<number>[],
  query: Parameters<typeof criteriaSetInForce<number, CriteriaSetHeader<number>>>[1],
) => criteriaSetInForce<number, CriteriaSetHeader<number>>(sets, query)?.code;

describe("criteria set in force", () => {
  it("is the national one where no unit on the way has its own", () => {
    expect(codeOf(national, { title: "FAMILY", date: "2024-12-31", unitPath })).toBe("FAMILY-TEMPLATE-2022");
    expect(codeOf(national, { title: "FAMILY", date: "2020-12-31", unitPath })).toBeUndefined();
  });

  it("is the nearest unit's own inside its validity, first day in, last day out", () => {
    const sets = [...national, family];
    const at = (date: string) => codeOf(sets, { title: "FAMILY", date, unitPath });
    expect(["2024-12-31", "2025-01-01", "2026-12-31", "2027-01-01"].map(at)).toEqual([
      "FAMILY-TEMPLATE-2022",
      "FAMILY-PROVINCE",
      "FAMILY-PROVINCE",
      "FAMILY-TEMPLATE-2022",
    ]);
    expect(codeOf(sets, { title: "FAMILY", date: "2026-06-30", unitPath: [81, 9, NATION] })).toBe(
      "FAMILY-TEMPLATE-2022",
    );
  });

  it("is never a draft", () => {
    const draft = { ...family, status: "DRAFT" as const };
    expect(codeOf([...national, draft], { title: "FAMILY", date: "2026-01-01", unitPath })).toBe(
      "FAMILY-TEMPLATE-2022",
    );
    expect(codeOf(national, { title: "COMMUNE_COMMUNITY", date: "2026-01-01", unitPath })).toBeUndefined();
  });

  it("is the citizen's own form, or the common one of its time", () => {
    const at = (variant: "FARMER" | "STUDENT", date: string) =>
      codeOf(national, { title: "CITIZEN", variant, date, unitPath });
    expect(at("FARMER", "2024-12-31")).toBe("CITIZEN-324-2023-FARMER");
    expect(at("STUDENT", "2023-10-25")).toBe("CITIZEN-324-2023-STUDENT");
    expect(at("STUDENT", "2023-10-24")).toBe("CITIZEN-244-2022");
    expect(codeOf(national, { title: "CITIZEN", date: "2024-12-31", unitPath })).toBeUndefined();
  });

  it("prefers what is published to a template, the later start and the higher version", () => {
    const template = { ...family, code: "T", status: "TEMPLATE" as const, validFrom: "2025-06-01" };
    const later = { ...family, code: "L", validFrom: "2025-06-01" };
    const revised = { ...later, code: "R", version: 2 };
    const at = (sets: CriteriaSetHeader<number>[]) =>
      codeOf(sets, { title: "FAMILY", date: "2026-01-01", unitPath });
    expect(at([template, family])).toBe("FAMILY-PROVINCE");
    expect(at([family, later])).toBe("L");
    expect(at([later, revised])).toBe("R");
  });

  it("changes with the ministry's circular", () => {
    const at = (date: string) => codeOf(national, { title: "UPPER_ORGANISATION", date, unitPath });
    expect(at("2024-01-25")).toBe("UPPER-ORGANISATION-22-2020");
    expect(at("2024-01-26")).toBeUndefined();
  });
});
