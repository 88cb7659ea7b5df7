// `npm run build`: the generated database client and the production build, without a database.
import { buildWeb } from "./lib/build.mjs";
import { prepareCode } from "./lib/environment.mjs";
import { step, warn } from "./lib/log.mjs";

try {
  await prepareCode();
  await step("Bản dựng web", buildWeb, (done) => (done ? "đã dựng lại" : "không đổi"));
} catch (error) {
  warn(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
