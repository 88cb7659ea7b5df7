"use client";

import { Button, LinkButton } from "@/components/button";

export default function ErrorPage({ error, retry }: Readonly<{ error: unknown; retry: () => void }>) {
  const reference = error instanceof Error && "digest" in error ? String(error.digest) : null;

  return (
    <div role="alert" className="mx-auto max-w-lg px-4 py-10">
      <h1>Trang này đang gặp lỗi</h1>
      <p className="mt-2">
        Dữ liệu đã lưu không bị ảnh hưởng. Hãy thử lại; nếu vẫn lỗi, báo người quản trị kèm mã tra cứu dưới
        đây.
      </p>
      {reference && (
        <p className="mt-2 text-muted">
          Mã tra cứu: <strong className="text-ink">{reference}</strong>
        </p>
      )}
      <div className="mt-6 flex flex-wrap gap-3">
        <Button variant="primary" onPress={() => retry()}>
          Tải lại trang này
        </Button>
        <LinkButton href="/">Về trang đầu</LinkButton>
      </div>
    </div>
  );
}
