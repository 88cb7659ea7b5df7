import { describe, expect, it } from "vitest";
import type { LegacyEncoding } from "./legacy-vietnamese";
import { fromLegacy, guessLegacy } from "./legacy-vietnamese";

// Every lower-case letter with its marks, typed on keyboards of each kind.
const LETTERS = "àáảãạ ằắẳẵặă ầấẩẫậâ đ èéẻẽẹ ềếểễệê ìíỉĩị òóỏõọ ồốổỗộô ờớởỡợơ ùúủũụ ừứửữựư ỳýỷỹỵ";
const TYPED: Readonly<Record<"TCVN3" | "VNI", string>> = {
  TCVN3: "µ¸¶·¹ »¾¼½Æ¨ ÇÊÈÉË© ® ÌÐÎÏÑ ÒÕÓÔÖª ×ÝØÜÞ ßãáâä åèæçé« êíëìî¬ ïóñòô õøö÷ù\u00AD úýûüþ",
  VNI: "aøaùaûaõaï aèaéaúaüaëaê aàaáaåaãaäaâ ñ eøeùeûeõeï eàeáeåeãeäeâ ìíæóò oøoùoûoõoï oàoáoåoãoäoâ ôøôùôûôõôïô uøuùuûuõuï öøöùöûöõöïö yøyùyûyõî",
};

describe("old fonts", () => {
  it.each(["TCVN3", "VNI"] as const)("%s: every letter", (encoding) => {
    expect(fromLegacy(TYPED[encoding], encoding)).toBe(LETTERS);
  });

  it("VNI and TCVN3 have their capitals", () => {
    expect(fromLegacy("NGUYEÃN THÒ ÑAØO, ÔÛ AÁP ÖÙNG HOØA", "VNI")).toBe("NGUYỄN THỊ ĐÀO, Ở ẤP ỨNG HÒA");
    expect(fromLegacy("¡¢£¤¥¦§", "TCVN3")).toBe("ĂÂÊÔƠƯĐ");
  });

  it("the code page 1258 puts the tone behind its letter", () => {
    const typed = new TextDecoder("windows-1252").decode(
      Uint8Array.from([0x4e, 0x67, 0x75, 0x79, 0xea, 0xde, 0x6e, 0x20, 0xd0, 0xe2, 0xec, 0x75]),
    );
    expect(fromLegacy(typed, "CP1258")).toBe("Nguyễn Đấu");
  });

  it.each<[string, LegacyEncoding | null]>([
    ["Hä vµ tªn chñ hé; NguyÔn V¨n Thö; TrÇn ThÞ Thö; Th«n Bê Suèi", "TCVN3"],
    ["Hoï vaø teân chuû hoä; Nguyeãn Vaên Thöû; Traàn Thò Thöû", "VNI"],
    ["Họ và tên chủ hộ; Nguyễn Văn Thử; Trần Thị Thử", null],
    ["Họ và tên chủ hộ; Nguyễn Văn Thử".normalize("NFD"), null],
    ["Ho va ten; Nguyen Van Thu", null],
    ["Café crème à la carte, Müller & Söhne, São Paulo", null],
    ["", null],
  ])("are told by the commonest words: %s", (text, encoding) => {
    expect(guessLegacy(text)).toBe(encoding);
  });
});
