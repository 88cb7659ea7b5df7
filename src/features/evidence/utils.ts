import type { EvidenceFile } from "@/components/evidence/evidence-viewer";
import type { EvidenceItem } from "./types";

/** The address of a file. */
export function fileHref(fileId: string): string {
  return `/tep/${fileId}`;
}

/** A file as the viewer shows it. */
export function toEvidenceFile(item: EvidenceItem): EvidenceFile {
  return {
    id: item.linkId,
    name: item.name,
    url: fileHref(item.fileId),
    mimeType: item.mime,
    sizeBytes: item.byteSize,
    note: `Tiêu chí ${item.itemCode}`,
  };
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
