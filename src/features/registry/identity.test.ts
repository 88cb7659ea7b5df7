import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { groupIdentity, identityDigits, isIdentityNumber, maskIdentity, RecordIdentity } from "./identity";
import { RegisterSubject } from "./schema";

const digits = fc
  .constantFrom(9, 12)
  .chain((length) =>
    fc.array(fc.nat(9), { minLength: length, maxLength: length }).map((all) => all.join("")),
  );

describe("an identity number", () => {
  it("is the same however its digits are grouped", () => {
    fc.assert(
      fc.property(digits, fc.constantFrom(" ", ".", "-", "\u00a0"), (number, gap) => {
        expect(identityDigits(groupIdentity(number))).toBe(number);
        expect(identityDigits(` ${[...number].join(gap)} `)).toBe(number);
        expect(isIdentityNumber(number)).toBe(true);
      }),
    );
  });

  it("shows its last four digits under the mask and none of the others", () => {
    fc.assert(
      fc.property(digits, (number) => {
        expect(maskIdentity(number).replace(/[• ]/g, "")).toBe(number.slice(-4));
      }),
    );
    expect(maskIdentity("000000001234")).toBe("•••• •••• 1234");
  });

  it("has nine or twelve digits, and nothing else", () => {
    for (const text of ["", "12345678", "1234567890", "12345678901", "1234567890123", "12345678901a"]) {
      expect(isIdentityNumber(text), text).toBe(false);
    }
    expect(identityDigits("００００００００００１２")).toBe("000000000012");
  });
});

describe("the forms", () => {
  const citizen = (identityNumber?: string) =>
    RegisterSubject.safeParse({
      title: "CITIZEN",
      communeId: 1,
      year: 2026,
      name: "Người Thử",
      hamletId: 2,
      birthYear: "1980",
      sex: "MALE",
      variant: "FARMER",
      ...(identityNumber === undefined ? {} : { identityNumber }),
    });

  it("take a citizen with a number or without, and say what is wrong without repeating it", () => {
    expect(citizen().data).toMatchObject({ identityNumber: "" });
    expect(citizen("0000 0000 0012").data).toMatchObject({ identityNumber: "000000000012" });
    const wrong = citizen("98765");
    expect(wrong.error?.issues.map(({ path }) => path)).toEqual([["identityNumber"]]);
    expect(JSON.stringify(wrong.error)).not.toContain("98765");
    const subjectId = "3f0e6f6e-0000-4000-8000-000000000001";
    expect(RecordIdentity.safeParse({ subjectId, identityVersion: "0", identityNumber: " " }).success).toBe(
      false,
    );
  });

  it("take a head's year of birth or none", () => {
    const year = (headBirthYear?: string) =>
      RegisterSubject.safeParse({
        title: "FAMILY",
        communeId: 1,
        year: 2026,
        name: "Người Thử",
        hamletId: 2,
        ...(headBirthYear === undefined ? {} : { headBirthYear }),
      });
    expect(year().data).toMatchObject({ headBirthYear: null });
    expect(year(" ").data).toMatchObject({ headBirthYear: null });
    expect(year("1950").data).toMatchObject({ headBirthYear: 1950 });
    expect(year("1850").success).toBe(false);
    expect(year("19x0").success).toBe(false);
  });
});
