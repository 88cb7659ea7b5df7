import type { Answer } from "@/domain/criteria/answer";
import type { SavedAnswer } from "@/features/assessment/schema";
import { isSameAnswer } from "@/features/assessment/utils";

/** One change of one cell on its way to the server. `isTried`: it was sent and its outcome is not known. */
export type QueuedAnswer = Readonly<{
  code: string;
  answer: Answer | null;
  previous: Answer | null;
  requestId: string;
  isTried: boolean;
}>;

/** What became of one send. */
export type SendOutcome =
  | Readonly<{ kind: "saved"; saved: SavedAnswer }>
  | Readonly<{ kind: "conflict"; current: Answer | null }>
  | Readonly<{ kind: "refused"; message: string }>
  | Readonly<{ kind: "closed"; message: string }>
  | Readonly<{ kind: "signedOut"; message: string }>
  | Readonly<{ kind: "offline" }>;

/** A cell that somebody else changed meanwhile. */
export type CellConflict = Readonly<{ yours: Answer | null; theirs: Answer | null }>;

export type QueueState = Readonly<{
  waiting: number;
  isSending: boolean;
  isOffline: boolean;
  /** Time of the last stored cell. */
  savedAt: string | null;
  /** The score of the whole sheet as the server counted it with the last stored cell. */
  confirmed: SavedAnswer | null;
  /** The whole sheet is refused: closed meanwhile, or the session has ended. */
  problem: string | null;
  isClosed: boolean;
  conflicts: ReadonlyMap<string, CellConflict>;
  refusals: ReadonlyMap<string, string>;
  /** Cells on their way. */
  pending: ReadonlySet<string>;
  /** Cells stored since the page was opened. */
  saved: ReadonlySet<string>;
}>;

type Ports = Readonly<{
  send: (entry: QueuedAnswer) => Promise<SendOutcome>;
  /** Keeps what is not stored yet, across reloads and a closed browser. */
  keep: (entries: readonly QueuedAnswer[]) => void;
  newId: () => string;
  wait: (milliseconds: number, run: () => void) => void;
}>;

const LONGEST_WAIT = 30_000;

/**
 * Sends changed cells one after another, in the order in which they were changed. Nothing is lost: what has no answer yet is
 * kept by `keep` and sent again with the same request id, so that a send whose answer got lost is written once. A later
 * change of a cell replaces an earlier one that was not sent.
 */
export class AnswerQueue {
  private entries: QueuedAnswer[];
  private readonly stored: Map<string, Answer>;
  private readonly listeners = new Set<() => void>();
  private isSending = false;
  private failures = 0;
  private state: QueueState;

  constructor(
    private readonly ports: Ports,
    stored: Readonly<Record<string, Answer>>,
    waiting: readonly QueuedAnswer[] = [],
  ) {
    this.stored = new Map(Object.entries(stored));
    // Read back after a reload: what the server holds already needs no sending.
    this.entries = waiting.filter((entry) => !isSameAnswer(this.stored.get(entry.code), entry.answer));
    this.state = {
      waiting: this.entries.length,
      isSending: false,
      isOffline: false,
      savedAt: null,
      confirmed: null,
      problem: null,
      isClosed: false,
      conflicts: new Map(),
      refusals: new Map(),
      pending: new Set(this.entries.map((entry) => entry.code)),
      saved: new Set(),
    };
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);

    return () => this.listeners.delete(listener);
  };

  readonly snapshot = (): QueueState => this.state;

  /** The answer of a cell as the person left it: on its way, or stored. */
  latest(code: string): Answer | null {
    const waiting = this.entries.findLast((entry) => entry.code === code);

    return waiting ? waiting.answer : (this.stored.get(code) ?? null);
  }

  /** Changes a cell. */
  set(code: string, answer: Answer | null): void {
    const untried = this.entries.findIndex((entry) => entry.code === code && !entry.isTried);
    if (untried >= 0) this.entries.splice(untried, 1);
    const conflicts = new Map(this.state.conflicts);
    const conflict = conflicts.get(code);
    conflicts.delete(code);
    const refusals = new Map(this.state.refusals);
    refusals.delete(code);

    const previous = conflict ? conflict.theirs : this.latest(code);
    if (!isSameAnswer(previous, answer)) {
      this.entries.push({ code, answer, previous, requestId: this.ports.newId(), isTried: false });
    }
    this.publish({ conflicts, refusals });
    void this.flush();
  }

  /** Sends what waits; also called when the network or the page comes back. */
  async flush(): Promise<void> {
    if (this.isSending) return;
    this.isSending = true;
    for (let next = this.entries[0]; next; next = this.entries[0]) {
      const entry = { ...next, isTried: true };
      this.entries[0] = entry;
      this.publish({});
      if (!this.settle(entry, await this.ports.send(entry))) break;
    }
    this.isSending = false;
    this.publish({});
  }

  /** Takes in the outcome of a send; false when sending has to pause. */
  private settle(entry: QueuedAnswer, outcome: SendOutcome): boolean {
    switch (outcome.kind) {
      case "saved": {
        this.failures = 0;
        this.entries = this.entries.filter((one) => one.requestId !== entry.requestId);
        this.hold(entry.code, entry.answer);
        const saved = new Set(this.state.saved).add(entry.code);
        const { saved: confirmed } = outcome;
        this.publish({ isOffline: false, problem: null, savedAt: confirmed.savedAt, confirmed, saved });
        return true;
      }
      case "conflict": {
        const conflicts = new Map(this.state.conflicts);
        conflicts.set(entry.code, { yours: this.latest(entry.code), theirs: outcome.current });
        this.drop(entry.code);
        this.hold(entry.code, outcome.current);
        this.publish({ isOffline: false, conflicts });
        return true;
      }
      case "refused": {
        const refusals = new Map(this.state.refusals).set(entry.code, outcome.message);
        this.drop(entry.code);
        this.publish({ isOffline: false, refusals });
        return true;
      }
      case "closed":
        this.entries = [];
        this.publish({ isOffline: false, problem: outcome.message, isClosed: true });
        return false;
      case "signedOut":
        this.publish({ isOffline: false, problem: outcome.message });
        this.retryLater();
        return false;
      case "offline":
        this.publish({ isOffline: true });
        this.retryLater();
        return false;
    }
  }

  private retryLater(): void {
    this.failures += 1;
    const longest = Math.min(LONGEST_WAIT, 1000 * 2 ** this.failures);
    // Spread, so that a whole office does not come back in the same second.
    this.ports.wait(longest / 2 + Math.random() * (longest / 2), () => void this.flush());
  }

  private hold(code: string, answer: Answer | null): void {
    if (answer === null) this.stored.delete(code);
    else this.stored.set(code, answer);
  }

  private drop(code: string): void {
    this.entries = this.entries.filter((entry) => entry.code !== code);
  }

  private publish(change: Partial<QueueState>): void {
    this.ports.keep(this.entries);
    this.state = {
      ...this.state,
      ...change,
      isSending: this.isSending,
      waiting: this.entries.length,
      pending: new Set(this.entries.map((entry) => entry.code)),
    };
    for (const listener of this.listeners) listener();
  }
}
