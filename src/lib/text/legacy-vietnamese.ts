// Before Unicode, Vietnamese was typed with fonts that draw other letters in place of Latin ones: TCVN3 (ABC, the fonts .Vn…),
// VNI (a letter and a mark behind it), and the Windows code page 1258. Such a text arrives as Western letters.

export const LEGACY_ENCODINGS = ["TCVN3", "VNI", "CP1258"] as const;
export type LegacyEncoding = (typeof LEGACY_ENCODINGS)[number];

const VOWELS = "aăâeêioôơuưy";
/** In the order in which the tables below name them: huyền, sắc, hỏi, ngã, nặng. */
const TONES = ["\u0300", "\u0301", "\u0309", "\u0303", "\u0323"] as const;

/** By vowel the letters drawn with the five tones; vowels with a mark of their own and đ also without a tone, in both cases. */
const TCVN3_TONED: Readonly<Record<string, string>> = {
  a: "\u00B5\u00B8\u00B6\u00B7\u00B9",
  ă: "\u00BB\u00BE\u00BC\u00BD\u00C6",
  â: "\u00C7\u00CA\u00C8\u00C9\u00CB",
  e: "\u00CC\u00D0\u00CE\u00CF\u00D1",
  ê: "\u00D2\u00D5\u00D3\u00D4\u00D6",
  i: "\u00D7\u00DD\u00D8\u00DC\u00DE",
  o: "\u00DF\u00E3\u00E1\u00E2\u00E4",
  ô: "\u00E5\u00E8\u00E6\u00E7\u00E9",
  ơ: "\u00EA\u00ED\u00EB\u00EC\u00EE",
  u: "\u00EF\u00F3\u00F1\u00F2\u00F4",
  ư: "\u00F5\u00F8\u00F6\u00F7\u00F9",
  y: "\u00FA\u00FD\u00FB\u00FC\u00FE",
};
const TCVN3_PLAIN: Readonly<Record<string, string>> = {
  "\u00A8": "ă",
  "\u00A9": "â",
  "\u00AA": "ê",
  "\u00AB": "ô",
  "\u00AC": "ơ",
  "\u00AD": "ư",
  "\u00AE": "đ",
  "\u00A1": "Ă",
  "\u00A2": "Â",
  "\u00A3": "Ê",
  "\u00A4": "Ô",
  "\u00A5": "Ơ",
  "\u00A6": "Ư",
  "\u00A7": "Đ",
};

const TCVN3 = new Map([
  ...Object.entries(TCVN3_PLAIN),
  ...[...VOWELS].flatMap((vowel) =>
    [...(TCVN3_TONED[vowel] ?? "")].map((letter, at): [string, string] => [
      letter,
      (vowel + TONES[at]).normalize("NFC"),
    ]),
  ),
]);

/** The marks behind a VNI letter: tones in order, behind a circumflex and behind a breve with the mark itself first. */
const VNI_TONES = "\u00F8\u00F9\u00FB\u00F5\u00EF";
const VNI_CIRCUMFLEX = "\u00E2\u00E0\u00E1\u00E5\u00E3\u00E4";
const VNI_BREVE = "\u00EA\u00E8\u00E9\u00FA\u00FC\u00EB";
const VNI_ALONE: Readonly<Record<string, string>> = {
  "\u00F4": "ơ",
  "\u00F6": "ư",
  "\u00F1": "đ",
  "\u00E6": "ỉ",
  "\u00F3": "ĩ",
  "\u00F2": "ị",
  "\u00EE": "ỵ",
};

const VNI = vniTable();
const VNI_UNIT = new RegExp([...VNI.keys()].sort((a, b) => b.length - a.length).join("|"), "gu");

function vniTable(): Map<string, string> {
  const table = new Map<string, string>(Object.entries(VNI_ALONE));
  const add = (base: string, marks: string, made: readonly string[]) => {
    for (const [at, mark] of [...marks].entries()) {
      const letter = made[at];
      if (letter !== undefined) table.set(base + mark, letter.normalize("NFC"));
    }
  };
  const toned = (letter: string) => TONES.map((tone) => letter + tone);
  for (const base of "aeouy") add(base, VNI_TONES, toned(base));
  add("\u00F4", VNI_TONES, toned("ơ"));
  add("\u00F6", VNI_TONES, toned("ư"));
  for (const base of "aeo") add(base, VNI_CIRCUMFLEX, [`${base}\u0302`, ...toned(`${base}\u0302`)]);
  add("a", VNI_BREVE, ["ă", ...toned("ă")]);
  for (const [from, to] of [...table]) {
    const [base = "", mark = ""] = [...from];
    table.set(from.toUpperCase(), to.toUpperCase());
    if (mark !== "") table.set(base.toUpperCase() + mark, to.toUpperCase());
  }

  return table;
}

/** What byte each Western letter is: the bytes of a text that was read as windows-1252. */
const WESTERN_BYTES = new Map(
  Array.from({ length: 256 }, (_, byte) => [
    new TextDecoder("windows-1252").decode(Uint8Array.of(byte)),
    byte,
  ]),
);

/** A text typed in an old font, in Unicode. Letters the table does not know stay. */
export function fromLegacy(text: string, encoding: LegacyEncoding): string {
  switch (encoding) {
    case "TCVN3":
      return text.replace(/[\u00A1-\u00FF]/g, (letter) => TCVN3.get(letter) ?? letter);
    case "VNI":
      return text.replace(VNI_UNIT, (unit) => VNI.get(unit) ?? unit);
    case "CP1258":
      return new TextDecoder("windows-1258")
        .decode(Uint8Array.from([...text], (letter) => WESTERN_BYTES.get(letter) ?? 0x3f))
        .normalize("NFC");
  }
}

/** Words that lists of people and places are full of; each has a letter that old fonts draw in place of another. */
const COMMON = new Set(
  (
    "nguyễn trần lê phạm hoàng huỳnh võ vũ đặng bùi đỗ hồ ngô dương lý văn thị họ và tên năm giới tính nữ thôn xóm bản ấp tổ " +
    "dân phố khu hộ chủ gia đình số địa chỉ ghi chú nghề nghiệp sách xã đạt đăng ký quan hệ vợ chồng dòng học tập khuyến đơn vị"
  ).split(" "),
);
const CLEARLY = 3;

/**
 * The old font a text is typed in; null unless that is clear: read so, it has at least three of the commonest words, and several
 * times as many as it has read as it is.
 */
export function guessLegacy(text: string): LegacyEncoding | null {
  const asItIs = countCommon(text.normalize("NFC"));
  let best: { encoding: LegacyEncoding; count: number } | null = null;
  for (const encoding of LEGACY_ENCODINGS) {
    const count = countCommon(fromLegacy(text, encoding));
    if (count > (best?.count ?? 0)) best = { encoding, count };
  }

  return best && best.count >= Math.max(CLEARLY, asItIs * 3) && best.count > asItIs ? best.encoding : null;
}

function countCommon(text: string): number {
  return text
    .toLowerCase()
    .split(/[^\p{L}\p{M}]+/u)
    .filter((word) => COMMON.has(word)).length;
}
