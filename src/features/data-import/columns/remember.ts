import { headerFingerprint, headerKeys } from "../parse/look";
import type { ImportField, ImportTarget, SheetLook, SheetPlan } from "../types";
import { columnsUnder } from "./draft";

/** What was chosen for the columns of a sheet, by the keys of their headers; undefined where no column has a header. */
export function mappingOf(
  plan: SheetPlan,
  looks: readonly SheetLook[],
): { fingerprint: string; target: ImportTarget; fields: Record<string, ImportField> } | undefined {
  const look = looks.find(({ sheet }) => sheet === plan.sheet);
  const columns = look ? columnsUnder(look, plan.headerRow) : [];
  const fingerprint = headerFingerprint(columns);
  if (fingerprint === "") return undefined;
  const keys = headerKeys(columns);
  const fields = columns.flatMap(({ index }, at): [string, ImportField][] => {
    const field = plan.columns.find((column) => column.index === index)?.field;
    const key = keys[at];

    return field === undefined || key === undefined || key === "" ? [] : [[key, field]];
  });

  return { fingerprint, target: plan.target, fields: Object.fromEntries(fields) };
}
