"use client";

import "./globals.css";

export default function GlobalError({ error, retry }: Readonly<{ error: unknown; retry: () => void }>) {
  const reference = error instanceof Error && "digest" in error ? String(error.digest) : null;

  return (
    <html lang="vi">
      <body>
        <title>Hệ thống đang gặp lỗi · Hiếu Học</title>
        <main role="alert" className="mx-auto max-w-lg px-4 py-10">
          <h1>Hệ thống đang gặp lỗi</h1>
          <p className="mt-2">Dữ liệu đã lưu không bị ảnh hưởng. Hãy thử lại sau ít phút.</p>
          {reference && <p className="mt-2 text-muted">Mã tra cứu: {reference}</p>}
          <button
            type="button"
            onClick={() => retry()}
            className="mt-6 min-h-11 rounded-md bg-accent px-4 font-medium text-white"
          >
            Tải lại
          </button>
        </main>
      </body>
    </html>
  );
}
