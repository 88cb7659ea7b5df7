import { describe, expect, it } from "vitest";
import { inSentence } from "./utils";

describe("the name of a unit inside a sentence", () => {
  it.each([
    ["Xã Tân Trào", "xã Tân Trào"],
    ["Tỉnh Tuyên Quang", "tỉnh Tuyên Quang"],
    ["Thành phố Hồ Chí Minh", "thành phố Hồ Chí Minh"],
    ["Đặc khu Phú Quốc", "đặc khu Phú Quốc"],
    ["Tổ dân phố 3", "tổ dân phố 3"],
    ["Ấp Bàu Tre", "ấp Bàu Tre"],
    ["Khu vực Sơn Dương", "khu vực Sơn Dương"],
    ["Việt Nam", "Việt Nam"],
    ["TP. Hồ Chí Minh", "TP. Hồ Chí Minh"],
    ["Bản", "Bản"],
    ["Khuôn Bưởi", "Khuôn Bưởi"],
  ])("%s", (name, said) => {
    expect(inSentence(name)).toBe(said);
  });
});
