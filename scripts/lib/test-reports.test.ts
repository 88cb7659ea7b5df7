import { describe, expect, it } from "vitest";
import { readPlaywright, readVitest } from "./test-reports.mjs";

const vitest = (failed: number, ...statuses: string[]) =>
  JSON.stringify({
    numPassedTests: 3,
    numFailedTests: failed,
    testResults: statuses.map((status) => ({ status, assertionResults: [] })),
  });
const playwright = (stats: object, errors: unknown[] = []) =>
  JSON.stringify({ stats: { expected: 2, unexpected: 0, flaky: 0, ...stats }, errors });

describe("the count of a run", () => {
  it("takes passed and failed tests as they are", () => {
    expect(readVitest(vitest(0, "passed"), 0)).toEqual({ passed: 3, failed: 0 });
    expect(readPlaywright(playwright({ unexpected: 1 }), 1)).toEqual({ passed: 2, failed: 1 });
  });

  it("counts a file that could not be loaded", () => {
    expect(readVitest(vitest(0, "passed", "failed"), 1)).toEqual({ passed: 3, failed: 1 });
  });

  it("does not let a second attempt pass for success", () => {
    expect(readPlaywright(playwright({ flaky: 1 }), 0)).toEqual({ passed: 2, failed: 1 });
  });

  it("fails a run that ended badly, wrote nothing or ran nothing", () => {
    expect(readVitest(vitest(0, "passed"), 1)).toEqual({ passed: 3, failed: 1 });
    expect(readVitest(undefined, 0)).toEqual({ passed: 0, failed: 1 });
    expect(readPlaywright(playwright({ expected: 0 }), 0)).toEqual({ passed: 0, failed: 1 });
    expect(readPlaywright(playwright({}, [{ message: "no such file" }]), 1)).toEqual({
      passed: 2,
      failed: 1,
    });
  });
});
