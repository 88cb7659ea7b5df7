import { createRequire } from "node:module";
import type { Page } from "@playwright/test";

const { source } = createRequire(createRequire(import.meta.url).resolve("@axe-core/playwright"))(
  "axe-core",
) as { source: string };

/**
 * Reading a colour takes axe a tenth of a millisecond, and it reads the same twenty of every page some ten thousand times:
 * half of its time. Each is read once.
 */
const COLOURS_ONCE = `(() => {
  const { Color } = window.axe.commons.color;
  const parse = Color.prototype.parseString;
  const known = new Map();
  Color.prototype.parseString = function (text) {
    const found = known.get(text);
    if (!found) {
      parse.call(this, text);
      known.set(text, { r: this.r, g: this.g, b: this.b, alpha: this.alpha });
      return this;
    }
    return Object.assign(this, found);
  };
})()`;

/** Brings axe into a page and its frames: once, however often it is asked afterwards. */
export async function bringAxe(page: Page): Promise<void> {
  for (const frame of page.frames()) await frame.evaluate(`${source};${COLOURS_ONCE};0`);
}

type Violation = { id: string; impact: string | null; nodes: { target: string[] }[] };
type Axe = { run: (root: Document, options: object) => Promise<{ violations: Violation[] }> };

/** What axe finds of serious and critical faults in a page it was brought into, as the page stands now. */
export async function graveFaults(page: Page): Promise<string[]> {
  const { violations } = await page.evaluate(() =>
    (window as unknown as { axe: Axe }).axe.run(document, { resultTypes: ["violations"] }),
  );

  return violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(" ")).join(" | ")}`);
}
