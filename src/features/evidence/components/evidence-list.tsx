import { FilePill } from "@/components/evidence/file-pill";
import type { EvidenceItem } from "@/features/evidence/types";
import { fileHref } from "@/features/evidence/utils";

/** The files of an item to look at. On paper their count and fingerprints stand instead of the files. */
export function EvidenceList({
  files,
  emptyText = "Chưa có minh chứng.",
}: Readonly<{ files: readonly EvidenceItem[]; emptyText?: string | null }>) {
  if (files.length === 0) return emptyText ? <p className="text-sm text-muted">{emptyText}</p> : null;

  return (
    <>
      <ul aria-label="Minh chứng" className="flex flex-wrap gap-2 print:hidden">
        {files.map((file, index) => (
          <li key={file.linkId} className="min-w-0">
            <FilePill
              name={numbered(file, index, files)}
              href={fileHref(file.fileId)}
              mimeType={file.mime}
              sizeBytes={file.byteSize}
            />
          </li>
        ))}
      </ul>
      <p className="hidden text-xs text-muted print:block">
        {files.length} tệp minh chứng: {files.map((file) => file.sha256.slice(0, 12)).join(", ")}
      </p>
    </>
  );
}

/** "Ảnh 2": files that share a name are told apart by their number. */
export function numbered(file: EvidenceItem, index: number, files: readonly EvidenceItem[]): string {
  return files.filter((one) => one.name === file.name).length > 1 ? `${file.name} ${index + 1}` : file.name;
}
