import type { EvidenceItem } from "./types";

/** The address of a file. */
export function fileHref(fileId: string): string {
  return `/tep/${fileId}`;
}

/** Files by the item they prove. */
export function byItem(items: readonly EvidenceItem[]): Map<string, EvidenceItem[]> {
  const found = new Map<string, EvidenceItem[]>();
  for (const item of items) {
    const known = found.get(item.itemCode);
    if (known) known.push(item);
    else found.set(item.itemCode, [item]);
  }

  return found;
}
