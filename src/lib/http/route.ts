import "server-only";
import { AppError } from "@/lib/errors/app-error";
import { reportError } from "@/lib/errors/report";
import { isSameOrigin } from "./origin";

const STATUS: Partial<Record<AppError["code"], number>> = {
  UNAUTHENTICATED: 401,
  NOT_FOUND: 404,
  INVALID: 422,
  TOO_LARGE: 413,
  UNSUPPORTED_FILE: 415,
  BUSY: 503,
};

/** What a refused route answers. */
export type RouteRefusal = {
  error: { code: string; message: string; fields?: Record<string, string>; values?: Record<string, string> };
};

/**
 * The frame of a route handler: origin for writes, refusals as JSON by code, unknown errors reported by reference number.
 * @param name what the route is called in the technical log
 */
export async function handleRoute(
  name: string,
  request: Request,
  run: () => Promise<Response>,
): Promise<Response> {
  try {
    if (request.method !== "GET" && !isSameOrigin(request)) throw new AppError({ code: "NOT_FOUND" });

    return await run();
  } catch (thrown) {
    const error = isNotFound(thrown) ? new AppError({ code: "NOT_FOUND" }) : thrown;
    if (error instanceof AppError) {
      const body: RouteRefusal = {
        error: {
          code: error.code,
          message: error.text,
          fields: { ...error.fields },
          values: { ...error.newValues },
        },
      };

      return Response.json(body, { status: STATUS[error.code] ?? 409 });
    }
    const reference = reportError(name, error);

    return Response.json(
      {
        error: { code: "UNKNOWN", message: `Có lỗi ngoài dự kiến. Mã tra cứu: ${reference}` },
      } satisfies RouteRefusal,
      { status: 500 },
    );
  }
}

/** Loaders that pages use too say "không tìm thấy" by Next's own signal. */
function isNotFound(error: unknown): boolean {
  const { digest } = (error ?? {}) as { digest?: unknown };

  return typeof digest === "string" && digest.startsWith("NEXT_HTTP_ERROR_FALLBACK;404");
}
