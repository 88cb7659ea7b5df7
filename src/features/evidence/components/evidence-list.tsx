import { FilePill } from "@/components/evidence/file-pill";
import type { EvidenceItem } from "@/features/evidence/types";
import { addedText, fileHref, fileNames } from "@/features/evidence/utils";

/** The files of an item to look at. On paper their count and fingerprints stand instead of the files. */
export function EvidenceList({
  files,
  emptyText = "Chưa có minh chứng.",
}: Readonly<{ files: readonly EvidenceItem[]; emptyText?: string | null }>) {
  if (files.length === 0) return emptyText ? <p className="text-sm text-muted">{emptyText}</p> : null;
  const names = fileNames(files);

  return (
    <>
      <ul aria-label="Minh chứng" className="flex flex-wrap gap-2 print:hidden">
        {files.map((file) => (
          <li key={file.linkId} className="min-w-0">
            <FilePill
              name={names.get(file.linkId) ?? file.name}
              detail={addedText(file)}
              href={fileHref(file.fileId)}
              mimeType={file.mime}
              sizeBytes={file.byteSize}
            />
          </li>
        ))}
      </ul>
      <p className="hidden text-xs text-muted print:block">
        {files.length} tệp minh chứng (mã tệp {files.map((file) => file.sha256.slice(0, 12)).join(", ")})
      </p>
    </>
  );
}
