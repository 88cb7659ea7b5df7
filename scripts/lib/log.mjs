const started = Date.now();
const colour = process.stdout.isTTY && !process.env.NO_COLOR;

/**
 * Seconds since the process began or since `from`, as a Vietnamese reader writes them.
 * @param {number} [from] milliseconds of `Date.now()`
 */
export function elapsed(from = started) {
  return `${((Date.now() - from) / 1000).toFixed(1).replace(".", ",")} giây`;
}

/** @param {string} text */
export function dim(text) {
  return colour ? `\u001b[2m${text}\u001b[0m` : text;
}

/** @param {string} text */
export function bold(text) {
  return colour ? `\u001b[1m${text}\u001b[0m` : text;
}

/** @param {string} message */
export function info(message) {
  process.stdout.write(`${message}\n`);
}

/** @param {string} message */
export function warn(message) {
  process.stderr.write(`${message}\n`);
}

/**
 * Runs one step and prints its name, its outcome and how long it took.
 * @template T
 * @param {string} name what is being done, in Vietnamese
 * @param {() => Promise<T> | T} work
 * @param {(result: T) => string | undefined} [describe] a word about the outcome
 * @returns {Promise<T>}
 */
export async function step(name, work, describe = () => undefined) {
  const from = Date.now();
  if (process.stdout.isTTY) process.stdout.write(`  ${name}…`);
  try {
    const result = await work();
    const outcome = describe(result);
    info(`${clear()}  ${name}${outcome ? `: ${outcome}` : ""} ${dim(`(${elapsed(from)})`)}`);
    return result;
  } catch (error) {
    warn(`${clear()}  ${name}: không thành công ${dim(`(${elapsed(from)})`)}`);
    throw error;
  }
}

/** Wipes the line of a step under way, where there is one. */
function clear() {
  return process.stdout.isTTY ? "\r\u001b[K" : "";
}
