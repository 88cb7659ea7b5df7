import { createInterface } from "node:readline/promises";
import { Writable } from "node:stream";

/**
 * The password as typed: the first line of standard input, or asked for twice at the terminal without being shown.
 * Null when the two differ, or when the person gave up (Ctrl-C, Ctrl-D).
 */
export async function readPassword({ fromStdin }: Readonly<{ fromStdin: boolean }>): Promise<string | null> {
  if (fromStdin || !process.stdin.isTTY) return await firstLine();

  const silence = new Writable({ write: (_chunk, _encoding, done) => done() });
  const terminal = createInterface({ input: process.stdin, output: silence, terminal: true });
  try {
    const once = await ask(terminal, "Mật khẩu: ");
    const again = await ask(terminal, "Nhập lại mật khẩu: ");
    return once === again ? once : null;
  } catch (error) {
    if (error instanceof Error && error.name === "AbortError") return null;
    throw error;
  } finally {
    terminal.close();
  }
}

async function ask(terminal: ReturnType<typeof createInterface>, prompt: string): Promise<string> {
  process.stderr.write(prompt);
  const answer = await terminal.question("");
  process.stderr.write("\n");

  return answer;
}

async function firstLine(): Promise<string> {
  for await (const line of createInterface({ input: process.stdin })) return line;

  return "";
}
