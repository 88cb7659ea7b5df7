import { TARGET_NAMES } from "../constants";
import type { FieldDefinition } from "../fields";
import type { ColumnGuess, ImportTarget } from "../types";
import { columnLetter } from "../utils";
import type { SheetDraft } from "./draft";

/** Names at most in a sentence; what is beyond is counted. */
const NAMES_SHOWN = 8;

/** What a sheet cannot be read without; undefined when nothing lacks. */
export function lackingText(draft: SheetDraft, choices: readonly FieldDefinition[]): string | undefined {
  const chosen = new Set(Object.values(draft.fields));
  const lacking = choices.filter(({ field, isRequired }) => isRequired && !chosen.has(field));
  if (lacking.length === 0 || draft.target === null) return undefined;
  const names = lacking.map(({ label }) => `“${label}”`).join(", ");

  return `Sổ ${TARGET_NAMES[draft.target].toLowerCase()} cần ${names}: hãy chọn cột ghi vào đó.`;
}

/** The columns that are left out, by name; undefined when all are taken. */
export function unusedText(columns: readonly ColumnGuess[], draft: SheetDraft): string | undefined {
  const unused = columns.filter(({ index }) => draft.fields[index] === undefined);
  if (unused.length === 0) return undefined;
  const names = unused
    .slice(0, NAMES_SHOWN)
    .map(({ index, header }) => (header === "" ? `cột ${columnLetter(index)}` : header));
  const rest = unused.length - names.length;

  return `Không dùng ${unused.length} cột: ${names.join(", ")}${rest > 0 ? ` và ${rest} cột nữa` : ""}.`;
}

/** Why the file cannot be checked yet, one sentence each; empty when it can. */
export function blockersOf(
  drafts: readonly SheetDraft[],
  choices: Readonly<Record<ImportTarget, readonly FieldDefinition[]>>,
): string[] {
  const taken = drafts.filter(({ isTaken }) => isTaken);
  if (taken.length === 0) return ["Chưa lấy trang nào của tệp. Hãy đánh dấu ít nhất một trang."];

  return taken.flatMap((draft) => {
    const where = drafts.length > 1 ? `Trang “${draft.sheet}”: ` : "";
    if (draft.target === null) return [`${where}Chưa chọn ghi vào sổ nào.`];
    if (draft.headerRow === null) return [`${where}Chưa chọn dòng tiêu đề.`];
    const lacking = lackingText(draft, choices[draft.target]);

    return lacking === undefined ? [] : [`${where}${lacking}`];
  });
}
