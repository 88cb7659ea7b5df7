type Answer =
  | { status: "stored"; batchId: string }
  | { status: "refused"; message: string; canRetry: boolean }
  | { status: "cancelled" };

/**
 * Sends a file as the body of a request and tells how far it is; `fetch` cannot say how much of a body has gone. The same
 * request id may be sent again: the server makes one batch of it.
 */
export function sendFile({
  url,
  file,
  requestId,
  onStart,
  onProgress,
}: Readonly<{
  url: string;
  file: File;
  requestId: string;
  onStart: (request: XMLHttpRequest) => void;
  onProgress: (percent: number) => void;
}>): Promise<Answer> {
  return new Promise((resolve) => {
    const request = new XMLHttpRequest();
    request.open("POST", url);
    request.responseType = "text";
    request.setRequestHeader("Content-Type", "application/octet-stream");
    request.setRequestHeader("X-Request-Id", requestId);
    // Names hold any letter, headers do not.
    request.setRequestHeader("X-File-Name", encodeURIComponent(file.name));
    request.upload.onprogress = ({ loaded, total }) =>
      onProgress(total === 0 ? 0 : Math.floor((loaded / total) * 100));
    request.onload = () => resolve(readAnswer(request));
    request.onabort = () => resolve({ status: "cancelled" });
    request.onerror = () =>
      resolve({
        status: "refused",
        message: "Chưa gửi được vì mất mạng. Tệp vẫn còn trên máy này; hãy kiểm tra mạng rồi gửi lại.",
        canRetry: true,
      });
    onStart(request);
    request.send(file);
  });
}

function readAnswer(request: XMLHttpRequest): Answer {
  const body = parse(request.responseText);
  if (request.status === 201 && typeof body?.batchId === "string") {
    return { status: "stored", batchId: body.batchId };
  }

  return {
    status: "refused",
    message:
      body?.error?.message ??
      "Máy chủ chưa nhận được tệp. Tệp vẫn còn trên máy này; hãy gửi lại sau ít phút.",
    canRetry: request.status >= 500,
  };
}

function parse(text: string): { batchId?: unknown; error?: { message?: string } } | undefined {
  try {
    return JSON.parse(text) as { batchId?: unknown; error?: { message?: string } };
  } catch {
    return undefined;
  }
}
