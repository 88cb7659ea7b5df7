import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { entryCode, parseEntryCode } from "./entry-code";
import { TITLE_CODES } from "./title";

describe("entry code", () => {
  it("is read back as it was written, in any case and with a space", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...TITLE_CODES),
        fc.integer({ min: 1, max: 999_999_999_999 }),
        (title, number) => {
          const code = entryCode(title, number);

          expect(parseEntryCode(code)).toEqual({ title, number });
          expect(parseEntryCode(` ${code.slice(0, 2).toLowerCase()} ${code.slice(2)} `)).toEqual({
            title,
            number,
          });
        },
      ),
    );
  });

  it.each(["", "GD", "GD0", "XX12", "12", "GD12a", "GD-12", "nguyễn văn 12"])("is not in %j", (text) => {
    expect(parseEntryCode(text)).toBeUndefined();
  });
});
