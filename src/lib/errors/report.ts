import "server-only";
import { randomBytes } from "node:crypto";

/**
 * Writes an unknown error to the technical log once, under a reference number. Only the kind of error and its place are
 * written: messages of the database can carry a row's values, and a log holds no personal data.
 */
export function reportError(where: string, error: unknown): string {
  const reference = randomBytes(4).toString("hex").toUpperCase();
  const kind = error instanceof Error ? error.name : typeof error;
  const code = typeof error === "object" && error !== null && "code" in error ? String(error.code) : "-";
  const place =
    error instanceof Error
      ? (error.stack ?? "")
          .split("\n")
          .filter((line) => line.trim().startsWith("at "))
          .slice(0, 6)
          .join(" ")
      : "";
  console.error(JSON.stringify({ at: new Date().toISOString(), reference, where, kind, code, place }));

  return reference;
}
