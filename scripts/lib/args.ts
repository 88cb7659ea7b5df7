import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";

/** What a command may be given: `--name value` for "string", `--name` for "boolean". */
export type ArgumentKinds = Readonly<Record<string, "string" | "boolean">>;

export type Arguments<Kinds extends ArgumentKinds> = {
  readonly [Name in keyof Kinds]: Kinds[Name] extends "boolean" ? boolean : string | undefined;
} & {
  /** Where the figures go as JSON, when asked for by `--json PATH`. */
  readonly json: string | undefined;
  /** What stands without a name. */
  readonly rest: readonly string[];
};

/**
 * Reads the arguments of an operator's command. Every command understands `--json PATH` besides its own.
 * @throws TypeError naming an argument that is unknown or lacks its value
 */
export function readArguments<const Kinds extends ArgumentKinds>(
  kinds: Kinds,
  args: readonly string[] = process.argv.slice(2),
): Arguments<Kinds> {
  const entries = Object.entries({ json: "string", ...kinds } as ArgumentKinds);
  const { values, positionals } = parseArgs({
    args: [...args],
    options: Object.fromEntries(entries.map(([name, type]) => [name, { type }])),
    allowPositionals: true,
  });
  const read = entries.map(([name, kind]) => [
    name,
    values[name] ?? (kind === "boolean" ? false : undefined),
  ]);

  return { ...Object.fromEntries(read), rest: positionals };
}

/** Writes a command's figures to the file named by `--json`, or nowhere when none was named. */
export function writeFigures(path: string | undefined, figures: unknown): void {
  if (path !== undefined) writeFileSync(path, `${JSON.stringify(figures, null, 2)}\n`);
}
