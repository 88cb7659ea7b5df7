import { readFile } from "node:fs/promises";
import { bold } from "./log.mjs";
import { inProject } from "./paths.mjs";

/**
 * @typedef {{ username: string, password: string, name: string, role: string, unit: string }} DemoAccount
 */

/**
 * The demonstration accounts as a table for the terminal.
 * @returns {Promise<string>} empty when there are none
 */
export async function demoAccountTable() {
  /** @type {DemoAccount[]} */
  let accounts;
  try {
    accounts = JSON.parse(await readFile(inProject("scripts", "demo-accounts.json"), "utf8"));
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code === "ENOENT") return "";
    throw error;
  }
  const header = ["Tên đăng nhập", "Mật khẩu", "Vai trò", "Đơn vị"];
  const rows = accounts.map(({ username, password, role, unit }) => [username, password, role, unit]);
  const widths = header.map((_, column) => Math.max(...[header, ...rows].map((row) => width(row[column]))));
  /** @param {string[]} row */
  const line = (row) => `  ${row.map((cell, column) => pad(cell, widths[column] ?? 0)).join("  ")}`.trimEnd();
  return [bold(line(header)), ...rows.map(line)].join("\n");
}

/** @param {string | undefined} text */
function width(text) {
  return [...(text ?? "").normalize("NFC")].length;
}

/**
 * @param {string} text
 * @param {number} size
 */
function pad(text, size) {
  return text.normalize("NFC") + " ".repeat(Math.max(0, size - width(text)));
}
