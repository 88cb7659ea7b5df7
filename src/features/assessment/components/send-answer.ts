import type { Answer } from "@/domain/criteria/answer";
import type { SavedAnswer } from "@/features/assessment/schema";
import type { QueuedAnswer, SendOutcome } from "./answer-queue";

/** What a refused save answers; see `RouteRefusal` of the routes. */
type Refusal = { error?: { code?: string; message?: string; values?: Record<string, string> } };

/** Longest a save may take before it counts as lost in the network. */
const PATIENCE = 20_000;

/** Sends one cell to the server and says what became of it. A repeated send with the same request id writes nothing. */
export async function sendAnswer(assessmentId: string, entry: QueuedAnswer): Promise<SendOutcome> {
  try {
    const response = await fetch(`/api/cham-diem/${assessmentId}/${encodeURIComponent(entry.code)}`, {
      method: "PUT",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ requestId: entry.requestId, answer: entry.answer, previous: entry.previous }),
      signal: AbortSignal.timeout(PATIENCE),
    });
    if (response.ok) return { kind: "saved", saved: (await response.json()) as SavedAnswer };

    return refusalOf(response.status, (await response.json().catch(() => ({}))) as Refusal);
  } catch {
    return { kind: "offline" };
  }
}

function refusalOf(status: number, { error }: Refusal): SendOutcome {
  const message = error?.message ?? "Chưa lưu được.";
  if (status === 401) return { kind: "signedOut", message };
  if (status === 404) {
    return {
      kind: "closed",
      message: "Phiếu này không còn mở cho tài khoản của anh/chị, nên số vừa nhập chưa được lưu.",
    };
  }
  if (error?.code === "WRONG_STATE") return { kind: "closed", message };
  if (error?.code === "CONFLICT") return { kind: "conflict", current: readCurrent(error.values?.current) };
  // A busy or restarting server is like a missing network: what was typed waits and is sent again.
  if (status >= 500 || status === 429) return { kind: "offline" };

  return { kind: "refused", message };
}

function readCurrent(text: string | undefined): Answer | null {
  return text ? (JSON.parse(text) as Answer | null) : null;
}
