import { AppError } from "@/lib/errors/app-error";

const BY_SQLSTATE: Record<string, ConstructorParameters<typeof AppError>[0]["code"]> = {
  "23503": "NOT_FOUND",
  "23505": "DUPLICATE",
  "23P01": "CONFLICT",
  "23514": "WRONG_STATE",
  "42501": "NOT_FOUND",
  HH001: "NOT_FOUND",
  HH002: "WRONG_STATE",
  HH003: "OWN_WORK",
  HH004: "CONFLICT",
  HH005: "WRONG_STATE",
  HH006: "IDENTITY_TAKEN",
  "40P01": "BUSY",
  "40001": "BUSY",
  "55P03": "BUSY",
};

/** The SQLSTATE inside an error of Prisma, its driver adapter or pg; undefined for anything else. */
export function sqlState(error: unknown): string | undefined {
  let current: unknown = error;
  for (let depth = 0; depth < 6 && typeof current === "object" && current !== null; depth++) {
    const e = current as {
      code?: unknown;
      originalCode?: unknown;
      meta?: { driverAdapterError?: unknown };
      cause?: unknown;
    };
    if (typeof e.originalCode === "string") return e.originalCode;
    if (typeof e.code === "string" && /^[0-9A-Z]{5}$/.test(e.code) && !/^P\d{4}$/.test(e.code)) return e.code;
    if (e.code === "P2002") return "23505";
    if (e.code === "P2003") return "23503";
    if (e.code === "P2034") return "40001";
    // No connection within the wait, or the transaction ran out of time.
    if (e.code === "P2024" || e.code === "P2028") return "55P03";
    current = e.meta?.driverAdapterError ?? e.cause;
  }

  return undefined;
}

/** Turns a refusal of the database into the refusal a person reads; anything else is returned as it came. */
export function translateDbError(error: unknown): unknown {
  if (error instanceof AppError) return error;

  const state = sqlState(error);
  const code = state === undefined ? undefined : BY_SQLSTATE[state];

  return code === undefined ? error : new AppError({ code, cause: error });
}
