/** Is a writing request sent by a page of ours. Browsers send Origin with every cross-site or writing fetch. */
export function isSameOrigin(request: Request): boolean {
  const origin = request.headers.get("origin");
  const host = request.headers.get("x-forwarded-host") ?? request.headers.get("host");
  if (origin === null || host === null) return false;

  try {
    return new URL(origin).host === host;
  } catch {
    return false;
  }
}
