import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Answer } from "@/domain/criteria/answer";
import { isSameAnswer } from "@/features/assessment/utils";
import type { QueuedAnswer, SendOutcome } from "./answer-queue";
import { AnswerQueue } from "./answer-queue";

const YES: Answer = { yes: true };
const NO: Answer = { yes: false };

/** A server that keeps cells, knows request ids, and whose network can be cut before or after it has written. */
class Server {
  readonly cells = new Map<string, Answer>();
  readonly known = new Set<string>();
  writes = 0;

  receive(entry: QueuedAnswer): SendOutcome {
    if (!this.known.has(entry.requestId)) {
      const current = this.cells.get(entry.code) ?? null;
      if (!isSameAnswer(current, entry.previous)) return { kind: "conflict", current };
      if (entry.answer === null) this.cells.delete(entry.code);
      else this.cells.set(entry.code, entry.answer);
      this.known.add(entry.requestId);
      this.writes += 1;
    }

    return {
      kind: "saved",
      saved: {
        itemCode: entry.code,
        savedAt: "2024-11-20T03:32:00.000Z",
        version: this.writes,
        state: "DRAFT",
        total: 0,
        classification: null,
        missingCount: 0,
        isComplete: false,
        isRecognisable: false,
      },
    };
  }
}

type Cut = "none" | "before" | "after";

function setup(cuts: Cut[] = [], kept: QueuedAnswer[] = [], server = new Server()) {
  const later: (() => void)[] = [];
  const store = { entries: kept as readonly QueuedAnswer[] };
  let id = kept.length * 1000;
  const queue = new AnswerQueue(
    {
      send: async (entry) => {
        const cut = cuts.shift() ?? "none";
        if (cut === "before") return { kind: "offline" };
        const outcome = server.receive(entry);

        return cut === "after" ? { kind: "offline" } : outcome;
      },
      keep: (entries) => {
        store.entries = [...entries];
      },
      newId: () => `request-${id++}`,
      wait: (_milliseconds, run) => later.push(run),
    },
    Object.fromEntries(server.cells),
    kept,
  );

  return { queue, server, store, later };
}

async function settled(later: (() => void)[]): Promise<void> {
  for (let round = 0; round < 200; round++) {
    await new Promise((resolve) => setImmediate(resolve));
    const run = later.shift();
    if (!run) return;
    run();
  }
}

describe("AnswerQueue", () => {
  it("sends a cell and forgets it once stored", async () => {
    const { queue, server, store, later } = setup();
    queue.set("1.1", YES);
    expect(queue.snapshot()).toMatchObject({ waiting: 1 });
    await settled(later);

    expect(server.cells.get("1.1")).toEqual(YES);
    expect(store.entries).toEqual([]);
    expect(queue.snapshot()).toMatchObject({
      waiting: 0,
      isSending: false,
      savedAt: "2024-11-20T03:32:00.000Z",
    });
  });

  it("writes once what was written although the answer got lost", async () => {
    const { queue, server, later } = setup(["after", "after"]);
    queue.set("1.1", YES);
    await settled(later);

    expect(server.writes).toBe(1);
    expect(queue.snapshot()).toMatchObject({ waiting: 0, isOffline: false });
  });

  it("keeps later changes in order behind one whose outcome is not known", async () => {
    const { queue, server, later } = setup(["after"]);
    queue.set("1.1", YES);
    queue.set("1.1", NO);
    queue.set("1.1", null);
    queue.set("1.1", NO);
    await settled(later);

    expect(server.cells.get("1.1")).toEqual(NO);
    expect(server.writes).toBe(2);
    expect(queue.snapshot().conflicts.size).toBe(0);
  });

  it("shows the other's value and lets either stand", async () => {
    const { queue, server, later } = setup();
    server.cells.set("1.1", NO);
    queue.set("1.1", YES);
    await settled(later);
    expect(queue.snapshot().conflicts.get("1.1")).toEqual({ yours: YES, theirs: NO });
    expect(server.cells.get("1.1")).toEqual(NO);

    queue.set("1.1", YES);
    await settled(later);
    expect(server.cells.get("1.1")).toEqual(YES);
    expect(queue.snapshot().conflicts.size).toBe(0);
  });

  it("goes on with what the last visit left behind", async () => {
    const first = setup(Array(50).fill("before"));
    first.queue.set("1.1", YES);
    first.queue.set("1.2", NO);
    await new Promise((resolve) => setImmediate(resolve));
    expect(first.queue.snapshot()).toMatchObject({ isOffline: true, waiting: 2 });

    const second = setup([], [...first.store.entries], first.server);
    expect(second.queue.latest("1.2")).toEqual(NO);
    await second.queue.flush();
    expect(Object.fromEntries(second.server.cells)).toEqual({ "1.1": YES, "1.2": NO });
  });

  it("loses nothing, whatever is typed and wherever the network breaks", async () => {
    const answer = fc.oneof(
      fc.constant(null),
      fc.constant(YES),
      fc.constant(NO),
      fc.record({ points: fc.nat(9) }),
    );
    const steps = fc.array(fc.tuple(fc.constantFrom("1", "2", "3"), answer, fc.boolean()), { maxLength: 25 });
    const cuts = fc.array(fc.constantFrom<Cut>("none", "before", "after"), { maxLength: 40 });

    await fc.assert(
      fc.asyncProperty(steps, cuts, async (typed, broken) => {
        const { queue, server, store, later } = setup([...broken]);
        const meant = new Map<string, Answer>();
        for (const [code, given, isPausing] of typed) {
          queue.set(code, given);
          if (given === null) meant.delete(code);
          else meant.set(code, given);
          if (isPausing) await new Promise((resolve) => setImmediate(resolve));
        }
        await settled(later);

        expect(Object.fromEntries(server.cells)).toEqual(Object.fromEntries(meant));
        expect(store.entries).toEqual([]);
        expect(queue.snapshot().conflicts.size).toBe(0);
      }),
    );
  });
});
