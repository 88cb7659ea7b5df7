import { readFileSync } from "node:fs";
import path from "node:path";

export type Row = Readonly<Record<string, string>>;

function parseLine(line: string): string[] {
  const cells: string[] = [];
  let cell = "";
  let isQuoted = false;

  for (let index = 0; index < line.length; index += 1) {
    const letter = line[index] ?? "";
    if (isQuoted && letter === '"' && line[index + 1] === '"') {
      cell += '"';
      index += 1;
    } else if (letter === '"') {
      isQuoted = !isQuoted;
    } else if (letter === "," && !isQuoted) {
      cells.push(cell);
      cell = "";
    } else {
      cell += letter;
    }
  }

  return [...cells, cell];
}

/** Kinds of units are written in one way ("Thành Phố", "Thị Xã" and "Thị Trấn" occur in the lists). */
function tidy(text: string): string {
  return text.replace(
    /^(Thành Phố|Thị Xã|Thị Trấn|Đặc Khu)(?= )/,
    (kind) => kind.charAt(0) + kind.slice(1).toLowerCase(),
  );
}

function readText(folder: string, name: string): string {
  return readFileSync(path.join(folder, name), "utf8").normalize("NFC");
}

/** Rows of a CSV file by column name. Cells hold no line breaks in these files; a row of another width is an error. */
export function readCsv(folder: string, name: string): Row[] {
  const [head = "", ...lines] = readText(folder, name).trimEnd().split(/\r?\n/);
  const columns = parseLine(head.replace(/^\uFEFF/, ""));

  return lines.map((line, index) => {
    const cells = parseLine(line);
    if (cells.length !== columns.length) throw new Error(`${name}:${index + 2}: ${cells.length} cells`);
    return Object.fromEntries(columns.map((column, at) => [column, tidy((cells[at] ?? "").trim())]));
  });
}

/** A cell that must be there. */
export function cell(row: Row, column: string): string {
  const value = row[column];
  if (value === undefined) throw new Error(`No column ${column}`);

  return value;
}

/** Parsed JSON, to be checked by a schema. */
export function readJson(folder: string, name: string): unknown {
  return JSON.parse(readText(folder, name));
}
