import { formatDateTime } from "@/lib/format/date";
import type { EvidenceItem } from "./types";

const UPLOAD_NAMES: ReadonlySet<string> = new Set(["Ảnh", "PDF"]);

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

/**
 * What files are called, by link: the names of uploads ("Ảnh", "PDF") and names an item has twice get their number in the
 * order they were added ("Ảnh 2"), counted for each item apart. The name on the clerk's computer is never taken over: it may
 * say whose paper it is.
 */
export function fileNames(files: readonly EvidenceItem[]): Map<string, string> {
  const names = new Map<string, string>();
  for (const ofItem of byItem(files).values()) {
    for (const file of ofItem) {
      const alike = ofItem.filter((one) => one.name === file.name);
      const isNumbered = alike.length > 1 || UPLOAD_NAMES.has(file.name);
      names.set(file.linkId, isNumbered ? `${file.name} ${alike.indexOf(file) + 1}` : file.name);
    }
  }

  return names;
}

/** "thêm 22/11/2026 07:18". */
export function addedText(file: Pick<EvidenceItem, "linkedAt">): string {
  return `thêm ${formatDateTime(file.linkedAt)}`;
}
