import { writeFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import pg from "pg";
import { ownerUrl } from "../lib/owner-url";
import { verifyChains } from "./audit/verify";

/*
 * npm run audit:verify [-- --json PATH]. Checks every entry of the hash-chained log twice: by the database's own
 * `audit_broken()`, and by counting all hashes again here; and that every recognition is in it. Exit code 1 on any fault. The
 * JSON holds the end of every chain, to be kept outside.
 */
const { values } = parseArgs({ options: { json: { type: "string" } } });
const url = ownerUrl();

const FAULTS = {
  GAP: "thiếu bản ghi ngay trước",
  BROKEN_LINK: "không nối với bản ghi trước",
  CHANGED: "nội dung đã bị sửa",
  WRONG_HEAD: "điểm cuối của chuỗi không khớp",
  MISSING: "có công nhận không được ghi trong nhật ký",
} as const;

const started = performance.now();
const db = new pg.Client({ connectionString: url });
await db.connect();
try {
  const report = await verifyChains(db);
  const durationMs = Math.round(performance.now() - started);
  console.log(
    `Nhật ký: ${report.entries} bản ghi trong ${report.chains} chuỗi, kiểm tra trong ${durationMs} ms.`,
  );
  const [first] = report.faults;
  if (first) {
    const found = `chuỗi ${first.chainId}, bản ghi ${first.seq}: ${FAULTS[first.fault]}`;
    console.log(`Nhật ký bị hỏng ở ${report.faults.length} chỗ; chỗ đầu tiên: ${found}.`);
  } else {
    console.log("Mọi chuỗi đều nguyên vẹn.");
  }
  if (values.json !== undefined) {
    await writeFile(values.json, `${JSON.stringify({ ...report, durationMs }, null, 2)}\n`);
  }
  process.exitCode = first ? 1 : 0;
} finally {
  await db.end();
}
