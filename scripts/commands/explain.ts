import { PrismaPg } from "@prisma/adapter-pg";
import { z } from "zod";
import { PrismaClient } from "@/generated/prisma/client";
import type { Tx } from "@/lib/db/scope";
import { readArguments, writeFigures } from "../lib/args";
import { explainAssessment } from "./explain/explain-assessment";

/*
 * npm run explain -- <assessment id> [--json PATH]. Prints as JSON how one assessment came to its score: criteria set, every answer with the
 * rule that fired, counted shares, fingerprints of the evidence, who did what when; then scores it again. Exit code 1 when
 * recomputing differs from what is stored or a file is not what was uploaded.
 */
const { json, rest } = readArguments({});
const id = z.uuid().safeParse(rest[0]);
const url = process.env.DATABASE_URL;
if (!url || !id.success) {
  console.error("Cách dùng: npm run explain -- <mã phiếu điểm>");
  process.exit(2);
}

const prisma = new PrismaClient({ adapter: new PrismaPg({ connectionString: url, max: 1 }) });
try {
  // As the owner of the tables: the operator's report does not depend on who may see what.
  const report = await prisma.$transaction((tx) => explainAssessment(tx as Tx, id.data), {
    timeout: 60_000,
    isolationLevel: "RepeatableRead",
  });
  if (!report) {
    console.error("Không có phiếu điểm này.");
    process.exitCode = 2;
  } else {
    console.log(JSON.stringify(report, null, 2));
    writeFigures(json, report);
    process.exitCode = report.differences.length > 0 ? 1 : 0;
  }
} finally {
  await prisma.$disconnect();
}
