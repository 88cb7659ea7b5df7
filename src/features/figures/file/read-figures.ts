import { parseNumber } from "@/lib/format/number";
import type { ReadCell, SheetRow } from "@/lib/spreadsheet/spreadsheet";
import { toSearchKey } from "@/lib/text/search-key";
import { FIGURE_PAIRS, LIST_FIELDS } from "../constants";
import { CODE_HEADER, NAME_HEADER } from "./constants";
import type { CellProblem, CellProblemCode, FileCell, FileUnit, ReadFigures } from "./types";

const MOST = 1_000_000_000;
/** The header stands within so many rows of the top. */
const HEADER_WITHIN = 30;

const CODE_KEYS = new Set([toSearchKey(CODE_HEADER), "ma"]);
const NAME_KEYS = new Set(
  [NAME_HEADER, "Đơn vị", "Tên", "Thôn", "Thôn, tổ dân phố", "Xã", "Địa phương"].map(toSearchKey),
);

const FIELD_OF_HEADER: ReadonlyMap<string, string> = new Map(
  LIST_FIELDS.flatMap(({ key, label, shortLabel }) =>
    [label, shortLabel ?? label]
      .map(toSearchKey)
      .filter((text) => !NAME_KEYS.has(text))
      .map((text) => [text, key] as const),
  ),
);

type Header = Readonly<{
  code: number | null;
  name: number | null;
  fields: readonly Readonly<{ index: number; key: string; title: string }>[];
}>;

/** The code of a unit in a file: cannot be taken for the official code of another. */
export function unitCode(unitId: number): string {
  return `DV${unitId}`;
}

/**
 * Reads the figures of the units from the rows of one sheet: the header by its words, the units by their code, else by name. Null
 * when no row is such a header. Sums and empty rows are passed over; an empty cell says nothing.
 */
export async function readFigures(
  rows: AsyncIterable<SheetRow>,
  units: readonly FileUnit[],
): Promise<ReadFigures | null> {
  const find = unitFinder(units);
  const seen = new Set<number>();
  const cells: FileCell[] = [];
  const problems: CellProblem[] = [];
  let header: Header | null = null;

  for await (const row of rows) {
    if (header === null) {
      if (row.number > HEADER_WITHIN) return null;
      header = headerOf(row);
      continue;
    }
    const filled = header.fields.filter(({ index }) => !isEmpty(row.cells[index] ?? null));
    if (filled.length === 0) continue;
    const [code, name] = [textOf(row, header.code), textOf(row, header.name)];
    if (code === "" && /^(tong )?cong\b/.test(toSearchKey(name))) continue;
    const unit = find(code, name);
    if (typeof unit === "string") {
      problems.push({ row: row.number, column: null, code: unit });
      continue;
    }
    if (seen.has(unit.id)) {
      problems.push({ row: row.number, column: null, code: "UNIT_TWICE" });
      continue;
    }
    seen.add(unit.id);
    for (const { index, key, title } of filled) {
      const value = countOfCell(row.cells[index] ?? null);
      if (typeof value === "string") problems.push({ row: row.number, column: title, code: value });
      else cells.push({ row: row.number, unitId: unit.id, key, value });
    }
  }

  return header && { cells, problems };
}

/**
 * Takes out the parts that are more than their wholes, the file's own numbers going before those that stand.
 * @param standing the figure that stands for a unit and key, if any
 */
export function refuseTooLarge(
  { cells, problems }: ReadFigures,
  standing: (unitId: number, key: string) => number | null,
): ReadFigures {
  const inFile = new Map(cells.map((cell) => [`${cell.unitId} ${cell.key}`, cell.value]));
  const wholes = new Map<string, string[]>();
  for (const [part, whole] of FIGURE_PAIRS) wholes.set(part, [...(wholes.get(part) ?? []), whole]);
  const isTooLarge = ({ unitId, key, value }: FileCell) =>
    (wholes.get(key) ?? []).some((whole) => {
      const all = inFile.get(`${unitId} ${whole}`) ?? standing(unitId, whole);

      return all !== null && value > all;
    });
  const tooLarge = cells.filter(isTooLarge);

  return {
    cells: cells.filter((cell) => !tooLarge.includes(cell)),
    problems: [
      ...problems,
      ...tooLarge.map(({ row, key }): CellProblem => {
        const field = LIST_FIELDS.find((one) => one.key === key);

        return { row, column: field?.label ?? key, code: "MORE_THAN_TOTAL" };
      }),
    ].sort((a, b) => a.row - b.row),
  };
}

function headerOf({ cells }: SheetRow): Header | null {
  const keys = cells.map((cell) => (typeof cell === "string" ? toSearchKey(cell) : ""));
  const at = (wanted: ReadonlySet<string>) => {
    const index = keys.findIndex((key) => wanted.has(key));

    return index < 0 ? null : index;
  };
  const taken = new Set<string>();
  const fields = keys.flatMap((key, index) => {
    const field = FIELD_OF_HEADER.get(key);
    if (field === undefined || taken.has(field)) return [];
    taken.add(field);

    return [{ index, key: field, title: String(cells[index]).trim().normalize("NFC") }];
  });
  const header = { code: at(CODE_KEYS), name: at(NAME_KEYS), fields };

  return fields.length > 0 && (header.code !== null || header.name !== null) ? header : null;
}

function unitFinder(units: readonly FileUnit[]): (code: string, name: string) => FileUnit | CellProblemCode {
  const byCode = new Map(units.map((unit) => [unitCode(unit.id), unit]));
  const byName = new Map<string, FileUnit[]>();
  for (const unit of units) {
    const key = toSearchKey(unit.name);
    byName.set(key, [...(byName.get(key) ?? []), unit]);
  }

  return (code, name) => {
    if (code !== "") return byCode.get(code.toUpperCase()) ?? "UNIT_UNKNOWN";
    if (name === "") return "UNIT_MISSING";
    const [unit, ...others] = byName.get(toSearchKey(name)) ?? [];
    if (!unit) return "UNIT_UNKNOWN";

    return others.length > 0 ? "UNIT_AMBIGUOUS" : unit;
  };
}

function countOfCell(cell: ReadCell): number | "NOT_A_COUNT" | "FORMULA_ERROR" {
  if (typeof cell === "object" && cell !== null && "error" in cell) return "FORMULA_ERROR";
  const value = typeof cell === "string" ? parseNumber(cell) : cell;

  return typeof value === "number" && Number.isInteger(value) && value >= 0 && value <= MOST
    ? value
    : "NOT_A_COUNT";
}

function isEmpty(cell: ReadCell): boolean {
  return cell === null || (typeof cell === "string" && cell.trim() === "");
}

function textOf({ cells }: SheetRow, index: number | null): string {
  const cell = index === null ? null : (cells[index] ?? null);

  return typeof cell === "string" || typeof cell === "number" ? String(cell).trim() : "";
}
