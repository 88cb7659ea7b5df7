import { describe, expect, it } from "vitest";
import type { EvidenceItem } from "./types";
import { addedText, fileNames } from "./utils";

const file = (linkId: string, itemCode: string, name: string): EvidenceItem => ({
  linkId,
  fileId: linkId,
  itemCode,
  name,
  mime: "image/jpeg",
  byteSize: 1,
  sha256: "",
  linkedAt: "2026-11-22T00:18:00.000Z",
});

describe("names of files", () => {
  it("numbers what is called alike, each item and kind apart", () => {
    const names = fileNames([
      file("a", "1.1", "Ảnh"),
      file("b", "2.1", "Ảnh"),
      file("c", "1.1", "PDF"),
      file("d", "1.1", "Ảnh"),
      file("e", "2.1", "Ảnh góc học tập"),
      file("f", "3.1", "Ảnh góc học tập"),
      file("g", "3.1", "Ảnh góc học tập"),
    ]);

    expect([...names].sort().map(([, name]) => name)).toEqual([
      "Ảnh 1",
      "Ảnh 1",
      "PDF 1",
      "Ảnh 2",
      "Ảnh góc học tập",
      "Ảnh góc học tập 1",
      "Ảnh góc học tập 2",
    ]);
  });

  it("says when a file was added, in Vietnam's time", () => {
    expect(addedText(file("a", "1.1", "Ảnh"))).toBe("thêm 22/11/2026 07:18");
  });
});
