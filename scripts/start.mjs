// `npm start` and `npm run dev`: from a bare checkout to a running application.
import { demoAccountTable } from "./lib/accounts.mjs";
import { buildWeb } from "./lib/build.mjs";
import { seed } from "./lib/commands.mjs";
import { alone, isProduction, openPrepared, prepareCode } from "./lib/environment.mjs";
import { bold, elapsed, info, step, warn } from "./lib/log.mjs";
import { firstFreePort } from "./lib/ports.mjs";
import { endChildren } from "./lib/process.mjs";
import { startWeb } from "./lib/web.mjs";
import { startWorker } from "./lib/worker.mjs";

const dev = process.argv.includes("--dev");

/** @type {(() => Promise<void>)[]} what has to be stopped, in the order it was started */
const running = [];

/** @type {(code: number) => void} */
let end = () => undefined;
const ended = new Promise((resolve) => {
  end = resolve;
});
for (const signal of /** @type {const} */ (["SIGINT", "SIGTERM", "SIGHUP"])) process.on(signal, () => end(0));

// npm that is killed outright passes no signal on.
const parent = process.ppid;
if (process.env.npm_lifecycle_event) {
  setInterval(() => {
    if (process.ppid !== parent) end(0);
  }, 500).unref();
}

let isUp = false;

/** Brings everything up; returns once the address was printed. */
async function start() {
  info(bold("Hiếu Học"));
  await prepareCode();

  const database = await openPrepared();
  running.push(database.stop);

  await alone(async () => {
    await step(isProduction ? "Dữ liệu nền" : "Dữ liệu nền và dữ liệu minh hoạ", () =>
      seed(database.env, { demonstration: !isProduction }),
    );
    if (!dev) await step("Bản dựng web", buildWeb, (done) => (done ? "đã dựng lại" : "không đổi"));
  });

  const host = process.env.HOST || undefined;
  const port = await firstFreePort(Number(process.env.PORT) || 3000, host);
  const web = await step("Máy chủ web", () => startWeb(database.env, { port, host, dev, quiet: !dev }));
  running.push(web.stop);
  void web.exited.then((code) => end(code));
  running.push(startWorker(database.env).stop);

  const accounts = isProduction ? "" : await demoAccountTable();
  info(`\nSẵn sàng sau ${elapsed()}: ${bold(web.url)}\n`);
  if (accounts) info(`Tài khoản dùng thử (dữ liệu minh hoạ):\n${accounts}\n`);
  info("Nhấn Ctrl-C để dừng.");
  isUp = true;
}

const started = start().catch((error) => {
  warn(error instanceof Error ? error.message : String(error));
  end(1);
});
const code = await ended;
info("\nĐang dừng…");
if (!isUp) endChildren();
await started;
for (const stop of running.reverse()) await stop().catch((error) => warn(String(error)));
process.exit(code);
