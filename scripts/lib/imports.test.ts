import { describe, expect, it } from "vitest";
import { findCycles, readImports } from "./imports.mjs";

const files = new Set(["src/a/data.ts", "src/a/view.tsx", "src/b.ts"]);
const read = (text: string) => readImports("src/a/page.ts", text, (file) => files.has(file));

describe("readImports", () => {
  it("finds every form of import and the file it means", () => {
    const found = read(`import "server-only";
import { a } from "./data";
import {
  b,
  type C,
} from "@/b";
import type { D } from "./view";
export { e } from "../b";
const later = await import("@/a/view");`);

    expect(found).toEqual([
      { name: "server-only", target: undefined, isType: false },
      { name: "./data", target: "src/a/data.ts", isType: false },
      { name: "@/b", target: "src/b.ts", isType: false },
      { name: "./view", target: "src/a/view.tsx", isType: true },
      { name: "../b", target: "src/b.ts", isType: false },
      { name: "@/a/view", target: "src/a/view.tsx", isType: false },
    ]);
  });

  it("does not take words in a text for an import", () => {
    expect(read('const text = "goods from \\"abroad\\"";\nexport const x = 1;')).toEqual([]);
  });
});

describe("findCycles", () => {
  const source = (file: string, ...targets: string[]) => ({
    file,
    imports: targets.map((target) => ({ name: target, target, isType: false })),
  });

  it("finds a circle of any length and itself", () => {
    expect(findCycles([source("a", "b"), source("b", "c"), source("c", "a"), source("d", "a")])).toEqual([
      ["a", "b", "c", "a"],
    ]);
    expect(findCycles([source("a", "a")])).toEqual([["a", "a"]]);
  });

  it("lets two roads lead to one module", () => {
    expect(findCycles([source("a", "b", "c"), source("b", "d"), source("c", "d"), source("d")])).toEqual([]);
  });

  it("lets types go in circles", () => {
    const imports = [{ name: "b", target: "b", isType: true }];
    expect(findCycles([{ file: "a", imports }, source("b", "a")])).toEqual([]);
  });
});
