/** @typedef {{ passed: number, failed: number }} Count */

/**
 * Counts a Vitest run. A file that could not be loaded is one failed check; so is a run that ended badly without saying why.
 * @param {string | undefined} report JSON, undefined when none was written
 * @param {number} code exit code
 * @returns {Count}
 */
export function readVitest(report, code) {
  if (report === undefined) return { passed: 0, failed: 1 };
  /** @type {{ numPassedTests: number, numFailedTests: number,
   *   testResults: { status: string, assertionResults: { status: string }[] }[] }} */
  const { numPassedTests: passed, numFailedTests, testResults } = JSON.parse(report);
  const broken = testResults.filter(
    ({ status, assertionResults }) =>
      status === "failed" && !assertionResults.some((assertion) => assertion.status === "failed"),
  );
  return settle({ passed, failed: numFailedTests + broken.length }, code);
}

/**
 * Counts a Playwright run. Only a first-time success passes.
 * @param {string | undefined} report JSON, undefined when none was written
 * @param {number} code exit code
 * @returns {Count}
 */
export function readPlaywright(report, code) {
  if (report === undefined) return { passed: 0, failed: 1 };
  /** @type {{ stats: { expected: number, unexpected: number, flaky: number }, errors: unknown[] }} */
  const { stats, errors } = JSON.parse(report);
  return settle({ passed: stats.expected, failed: stats.unexpected + stats.flaky + errors.length }, code);
}

/**
 * @param {Count} count
 * @param {number} code
 * @returns {Count}
 */
function settle(count, code) {
  const isSilent = count.failed === 0 && (code !== 0 || count.passed === 0);
  return isSilent ? { ...count, failed: 1 } : count;
}
