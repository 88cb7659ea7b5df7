import { expect, test } from "vitest";
import { readJson } from "./json";

const post = (body: BodyInit, headers: Record<string, string> = {}) =>
  new Request("http://localhost/tim", { method: "POST", body, headers, duplex: "half" } as RequestInit);

test("a body is read as JSON, however it is cut; what is none is null", async () => {
  const bytes = new TextEncoder().encode(JSON.stringify({ text: "Nguyễn Thị Ổi" }));
  const cut = new ReadableStream<Uint8Array>({
    start(controller) {
      for (const byte of bytes) controller.enqueue(new Uint8Array([byte]));
      controller.close();
    },
  });
  expect(await readJson(post(cut))).toEqual({ text: "Nguyễn Thị Ổi" });
  expect(await readJson(post("{"))).toBeNull();
  expect(await readJson(new Request("http://localhost/tim"))).toBeNull();
});

test("a body that is too long is refused, whatever length it states, before it is read to the end", async () => {
  let sent = 0;
  const endless = new ReadableStream<Uint8Array>({
    pull(controller) {
      sent += 1024;
      controller.enqueue(new Uint8Array(1024).fill(32));
    },
  });
  await expect(readJson(post(endless), 10_000)).rejects.toMatchObject({ code: "TOO_LARGE" });
  expect(sent).toBeLessThan(20_000);
  await expect(readJson(post("{}", { "content-length": "999999999" }))).rejects.toMatchObject({
    code: "TOO_LARGE",
  });
});
