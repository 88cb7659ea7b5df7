import { writeFileSync } from "node:fs";

type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json | undefined };

const WIDTH = 120;

function isObject(value: Json): value is { readonly [key: string]: Json | undefined } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function print(value: Json, indent: string): string {
  const flat = JSON.stringify(value);
  if (flat.length + indent.length <= WIDTH || (!isObject(value) && !Array.isArray(value))) return flat;

  const inner = `${indent}  `;
  if (isObject(value)) {
    const members = Object.entries(value)
      .filter(([, member]) => member !== undefined)
      .map(([key, member]) => `${inner}${JSON.stringify(key)}: ${print(member ?? null, inner)}`);
    return `{\n${members.join(",\n")}\n${indent}}`;
  }
  const isRow = value.every((member) => typeof member !== "object" || member === null);
  if (isRow) return flat;

  return `[\n${value.map((member) => `${inner}${print(member, inner)}`).join(",\n")}\n${indent}]`;
}

/** Writes JSON in NFC with one row per line: rows of scalars stay on their line, however long. */
export function writeJson(file: string, value: Json): void {
  writeFileSync(file, `${print(value, "")}\n`.normalize("NFC"));
}
