"use client";

import { Camera, Paperclip } from "lucide-react";
import { useId, useRef, useState } from "react";
import { Button } from "@/components/button";
import { FilePill } from "@/components/evidence/file-pill";
import { newRequestId } from "@/components/form/request-id";
import { ConfirmDialog } from "@/components/overlay/confirm-dialog";
import { removeEvidenceAction } from "@/features/evidence/actions";
import { MAX_FILES_PER_ITEM } from "@/features/evidence/schema";
import type { EvidenceItem } from "@/features/evidence/types";
import { addedText, fileHref, fileNames } from "@/features/evidence/utils";
import { shrinkImage } from "./shrink-image";

const ACCEPT = "image/jpeg,image/png,image/webp,application/pdf";
const MAX_BYTES = 10 * 1024 * 1024;

/** A file on its way; `message` says why it is not stored yet. */
type Upload = Readonly<{ requestId: string; file: File; message: string | null; canRetry: boolean }>;
type Answer = { error?: { message?: string } };

/** The evidence of one item of an open sheet: files attached, files on their way, a button to add more. */
export function ItemEvidence({
  assessmentId,
  itemCode,
  initial,
}: Readonly<{ assessmentId: string; itemCode: string; initial: readonly EvidenceItem[] }>) {
  const input = useRef<HTMLInputElement>(null);
  const id = useId();
  const [files, setFiles] = useState<readonly EvidenceItem[]>(initial);
  const [uploads, setUploads] = useState<readonly Upload[]>([]);
  const room = MAX_FILES_PER_ITEM - files.length;
  const names = fileNames(files);
  const nameOf = (file: EvidenceItem) => names.get(file.linkId) ?? file.name;

  async function send(upload: Upload) {
    setUploads((before) => [
      ...before.filter((one) => one.requestId !== upload.requestId),
      { ...upload, message: null },
    ]);
    const outcome = await post(assessmentId, itemCode, upload);
    if ("stored" in outcome) {
      const { stored } = outcome;
      setFiles((before) => [...before.filter((one) => one.linkId !== stored.linkId), stored]);
      setUploads((before) => before.filter((one) => one.requestId !== upload.requestId));
      return;
    }
    setUploads((before) =>
      before.map((one) => (one.requestId === upload.requestId ? { ...one, ...outcome } : one)),
    );
  }

  async function take(chosen: readonly File[]) {
    for (const file of chosen)
      await send({ requestId: newRequestId(), file, message: null, canRetry: false });
  }

  function choose(fromCamera: boolean) {
    if (!input.current) return;
    if (fromCamera) input.current.setAttribute("capture", "environment");
    else input.current.removeAttribute("capture");
    input.current.click();
  }

  return (
    <div className="flex flex-col gap-2" id={id}>
      {files.length > 0 && (
        <ul aria-label={`Minh chứng của tiêu chí ${itemCode}`} className="flex flex-wrap gap-2">
          {files.map((file) => (
            <li key={file.linkId} className="flex max-w-full min-w-0 items-center">
              <FilePill
                name={nameOf(file)}
                detail={addedText(file)}
                href={fileHref(file.fileId)}
                mimeType={file.mime}
                sizeBytes={file.byteSize}
              />
              <ConfirmDialog
                trigger={{
                  label: (
                    <>
                      Gỡ<span className="sr-only"> {nameOf(file)}</span>
                    </>
                  ),
                  variant: "quiet",
                  size: "small",
                }}
                title="Gỡ minh chứng này?"
                description={`${nameOf(file)} sẽ không còn là minh chứng của tiêu chí ${itemCode}.`}
                confirmLabel="Gỡ minh chứng"
                tone="danger"
                action={removeEvidenceAction}
                hidden={{ linkId: file.linkId, assessmentId }}
                onSuccess={() => setFiles((before) => before.filter((one) => one.linkId !== file.linkId))}
              />
            </li>
          ))}
        </ul>
      )}
      <ul aria-live="polite" className="flex flex-col gap-1 text-sm empty:hidden">
        {uploads.map((upload) => (
          <li key={upload.requestId} className="flex flex-wrap items-center gap-2">
            <span className="min-w-0 break-words">{upload.file.name}</span>
            {upload.message === null ? (
              <span className="text-active">● Đang tải lên…</span>
            ) : (
              <>
                <span className="font-medium text-danger">✕ {upload.message}</span>
                {upload.canRetry && (
                  <Button size="small" onPress={() => void send(upload)}>
                    Tải lại
                  </Button>
                )}
                <Button
                  size="small"
                  variant="quiet"
                  onPress={() =>
                    setUploads((before) => before.filter((one) => one.requestId !== upload.requestId))
                  }
                >
                  Bỏ
                </Button>
              </>
            )}
          </li>
        ))}
      </ul>
      <div className="flex flex-wrap items-center gap-2">
        <input
          ref={input}
          type="file"
          accept={ACCEPT}
          multiple
          tabIndex={-1}
          aria-label={`Chọn minh chứng cho tiêu chí ${itemCode}`}
          className="sr-only"
          onChange={(event) => {
            const chosen = Array.from(event.target.files ?? []).slice(0, Math.max(room, 0));
            event.target.value = "";
            void take(chosen);
          }}
        />
        <Button
          size="small"
          isDisabled={room <= 0}
          onPress={() => choose(false)}
          icon={<Paperclip aria-hidden="true" className="size-4" />}
        >
          Thêm minh chứng<span className="sr-only"> cho tiêu chí {itemCode}</span>
        </Button>
        <Button
          size="small"
          isDisabled={room <= 0}
          className="md:hidden"
          onPress={() => choose(true)}
          icon={<Camera aria-hidden="true" className="size-4" />}
        >
          Chụp ảnh
        </Button>
        <span className="text-xs text-muted">
          {room <= 0 ? `Đã đủ ${MAX_FILES_PER_ITEM} tệp.` : "Ảnh hoặc PDF, mỗi tệp đến 10 MB."}
        </span>
      </div>
    </div>
  );
}

type Outcome = { stored: EvidenceItem } | { message: string; canRetry: boolean };

async function post(assessmentId: string, itemCode: string, upload: Upload): Promise<Outcome> {
  try {
    const content = await shrinkImage(upload.file);
    if (content.size > MAX_BYTES) return { message: "Tệp quá 10 MB. Hãy chọn tệp nhỏ hơn.", canRetry: false };

    const body = new FormData();
    body.set("requestId", upload.requestId);
    // The name stays on this machine: it may say whose paper it is.
    body.set("file", content, "tep");
    const address = `/api/cham-diem/${assessmentId}/${encodeURIComponent(itemCode)}/minh-chung`;
    const response = await fetch(address, { method: "POST", body });
    if (response.ok) return { stored: (await response.json()) as EvidenceItem };

    const refusal = (await response.json().catch(() => ({}))) as Answer;
    const canRetry = response.status === 401 || response.status >= 500;

    return { message: refusal.error?.message ?? "Chưa tải lên được.", canRetry };
  } catch {
    return { message: "Chưa tải lên được vì mất mạng. Tệp vẫn còn trên máy này.", canRetry: true };
  }
}
