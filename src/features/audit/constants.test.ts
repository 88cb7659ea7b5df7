import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { VERB_NAMES } from "./constants";

const CALL = /(?:\bverb:|\bVERB =|\blog(?:Row)?\()[^;{]*/g;
const VERB = /"([a-z]+\.[a-zA-Z]+)"/g;

/** Every verb that the code of a folder writes into the log. */
function verbsIn(folder: string, isWriter: (file: string) => boolean): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts") && isWriter(file))
    .flatMap((file) => readFileSync(path.join(folder, file), "utf8").match(CALL) ?? [])
    .flatMap((call) => [...call.matchAll(VERB)].map((match) => match[1] ?? ""));
}

describe("names of verbs", () => {
  const written = new Set([
    ...verbsIn("src/features", (file) => /\/mutations(?:\.ts|\/)/.test(file)),
    ...verbsIn("scripts/commands", () => true),
  ]);

  it("stand for every verb that is written, and for no other", () => {
    expect([...written].sort()).toEqual(Object.keys(VERB_NAMES).sort());
  });
});
