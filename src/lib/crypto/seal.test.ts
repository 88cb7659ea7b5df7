import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createSealer } from "./seal";

const SECRET = "khoa-thu-nghiem-khoa-thu-nghiem-01";
const sealer = createSealer(SECRET, "test");

describe("a sealed text", () => {
  it("opens to what was sealed, whatever it was", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme-composite" }), (text) => {
        const sealed = sealer.seal(text);
        expect(sealer.open(sealed)).toBe(text);
        expect(sealed.hash).toEqual(sealer.hash(text));
      }),
    );
  });

  it("is found again by its hash and differs in its cipher", () => {
    const [one, two] = [sealer.seal("000000000012"), sealer.seal("000000000012")];
    expect(one.hash).toEqual(two.hash);
    expect(one.cipher).not.toEqual(two.cipher);
    expect(sealer.hash("000000000013")).not.toEqual(one.hash);
  });

  it("shows none of its digits", () => {
    const { hash, cipher } = sealer.seal("000000000012");
    expect(Buffer.from(hash).includes("000000000012")).toBe(false);
    expect(Buffer.from(cipher).includes("000000000012")).toBe(false);
  });

  it("refuses to open when any one bit of it was changed", () => {
    const { hash, cipher } = sealer.seal("000000000012");
    fc.assert(
      fc.property(fc.nat(cipher.length * 8 - 1), (bit) => {
        const changed = Uint8Array.from(cipher, (byte, at) =>
          at === bit >> 3 ? byte ^ (1 << (bit & 7)) : byte,
        );
        expect(() => sealer.open({ hash, cipher: changed })).toThrow(RangeError);
      }),
    );
    expect(() => sealer.open({ hash, cipher: cipher.slice(0, 20) })).toThrow(RangeError);
  });

  it("refuses to open beside the hash of another text", () => {
    const [one, two] = [sealer.seal("000000000012"), sealer.seal("000000000013")];
    expect(() => sealer.open({ hash: two.hash, cipher: one.cipher })).toThrow(RangeError);
  });

  it("refuses to open with another secret or for another purpose", () => {
    const sealed = sealer.seal("000000000012");
    for (const other of [createSealer(`${SECRET}x`, "test"), createSealer(SECRET, "other")]) {
      expect(() => other.open(sealed)).toThrow(RangeError);
      expect(other.hash("000000000012")).not.toEqual(sealed.hash);
    }
  });
});
