import { AppError } from "@/lib/errors/app-error";

/** The code with which work is refused; "OK" when it is not. Anything but a refusal is thrown on. */
export async function codeOf(work: Promise<unknown>): Promise<string> {
  try {
    await work;
  } catch (error) {
    if (error instanceof AppError) return error.code;
    throw error;
  }

  return "OK";
}
