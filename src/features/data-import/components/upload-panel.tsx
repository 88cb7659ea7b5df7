"use client";

import { FileSpreadsheet, Upload } from "lucide-react";
import type { Route } from "next";
import { useRouter } from "next/navigation";
import { useRef, useState } from "react";
import type { DropItem } from "react-aria-components";
import { DropZone, FileTrigger, Text } from "react-aria-components";
import { Button } from "@/components/button";
import { ProgressBar } from "@/components/feedback/progress-bar";
import { newRequestId } from "@/components/form/request-id";
import { formatBytes, formatNumber } from "@/lib/format/number";
import { MAX_IMPORT_BYTES } from "../constants";
import { sendFile } from "./send-file";

const ACCEPT = [
  ".xlsx",
  ".csv",
  "text/csv",
  "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
];

type Sending = Readonly<{ requestId: string; file: File; percent: number }>;
type Refused = Readonly<{ message: string; again?: Readonly<{ requestId: string; file: File }> }>;

/** Takes one list by choosing or dropping it, sends it with its progress, and goes to the columns. */
export function UploadPanel({ communeId }: Readonly<{ communeId: number }>) {
  const router = useRouter();
  const request = useRef<XMLHttpRequest | null>(null);
  const [sending, setSending] = useState<Sending | null>(null);
  const [refused, setRefused] = useState<Refused | null>(null);

  async function send(file: File, requestId: string) {
    const problem = problemOf(file);
    if (problem) {
      setRefused({ message: `${file.name}: ${problem}` });
      return;
    }
    setRefused(null);
    setSending({ requestId, file, percent: 0 });
    const answer = await sendFile({
      url: `/api/nhap-lieu?don-vi=${communeId}`,
      file,
      requestId,
      onStart: (started) => {
        request.current = started;
      },
      onProgress: (percent) => setSending((now) => now && { ...now, percent }),
    });
    request.current = null;
    if (answer.status === "stored") {
      router.push(`/nhap-lieu/${answer.batchId}` as Route);
      return;
    }
    setSending(null);
    if (answer.status === "cancelled") return;
    setRefused({
      message: `${file.name}: ${answer.message}`,
      ...(answer.canRetry ? { again: { requestId, file } } : {}),
    });
  }

  function sendAgain({ again }: Refused) {
    if (again) void send(again.file, again.requestId);
  }

  async function takeDropped(items: readonly DropItem[]) {
    const [first] = items;
    if (sending || first === undefined) return;
    if (items.length > 1) setRefused({ message: "Mỗi lần chỉ nhận một tệp. Hãy đưa từng tệp vào." });
    else if (first.kind !== "file")
      setRefused({ message: "Đây không phải là một tệp. Hãy chọn tệp .xlsx hoặc .csv." });
    else await send(await first.getFile(), newRequestId());
  }

  return (
    <DropZone
      onDrop={(event) => void takeDropped(event.items)}
      className="flex min-h-52 flex-col items-center justify-center gap-3 rounded-lg border-2 border-dashed border-field bg-page px-4 py-6 text-center data-drop-target:border-accent data-drop-target:bg-accent-soft"
    >
      {sending ? (
        <Progress sending={sending} onCancel={() => request.current?.abort()} />
      ) : (
        <>
          <FileSpreadsheet aria-hidden="true" className="size-8 text-muted" />
          <FileTrigger
            acceptedFileTypes={ACCEPT}
            onSelect={(files) => {
              const file = files?.[0];
              if (file) void send(file, newRequestId());
            }}
          >
            <Button variant="primary" icon={<Upload aria-hidden="true" className="size-4" />}>
              Chọn tệp danh sách
            </Button>
          </FileTrigger>
          <Text slot="label" className="text-sm text-muted">
            hoặc kéo tệp thả vào đây. Nhận .xlsx và .csv, tối đa {formatBytes(MAX_IMPORT_BYTES)}.
          </Text>
        </>
      )}
      <div role="alert" className="empty:hidden">
        {refused && (
          <div className="flex flex-col items-center gap-2">
            <p className="max-w-prose text-sm font-medium break-words text-danger">
              <span aria-hidden="true">✕ </span>
              {refused.message}
            </p>
            {refused.again && (
              <Button size="small" onPress={() => sendAgain(refused)}>
                Gửi lại tệp này
              </Button>
            )}
          </div>
        )}
      </div>
    </DropZone>
  );
}

function Progress({ sending, onCancel }: Readonly<{ sending: Sending; onCancel: () => void }>) {
  const isSent = sending.percent >= 100;

  return (
    <div role="status" className="flex w-full max-w-md flex-col gap-2">
      <Text slot="label" className="font-medium break-words">
        {isSent ? "Đã gửi xong, đang mở " : "Đang gửi "}
        {sending.file.name}
      </Text>
      <ProgressBar label={`Đã gửi ${sending.file.name}`} percent={sending.percent} />
      <p aria-hidden="true" className="tabular text-sm text-muted">
        {formatNumber(sending.percent, 0)} % của {formatBytes(sending.file.size)}
      </p>
      {!isSent && (
        <div>
          <Button size="small" onPress={onCancel}>
            Thôi, không gửi
          </Button>
        </div>
      )}
    </div>
  );
}

function problemOf(file: File): string | null {
  if (file.size === 0)
    return "Tệp này rỗng (0 byte). Hãy mở lại bằng Excel, xem còn dữ liệu không rồi lưu và gửi lại.";
  if (file.size > MAX_IMPORT_BYTES) {
    return `Tệp nặng ${formatBytes(file.size)}, chỉ nhận tối đa ${formatBytes(MAX_IMPORT_BYTES)}. Hãy bỏ ảnh trong tệp hoặc tách thành nhiều tệp rồi gửi lại.`;
  }
  if (/\.xlsm$/i.test(file.name))
    return "Tệp có macro. Hãy mở bằng Excel, chọn Lưu thành › Excel Workbook (.xlsx) rồi gửi tệp mới.";
  if (/\.xls$/i.test(file.name))
    return "Đây là tệp Excel kiểu cũ (.xls). Hãy mở bằng Excel, chọn Lưu thành › Excel Workbook (.xlsx) rồi gửi tệp mới.";

  return null;
}
