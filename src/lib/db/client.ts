import "server-only";
import { PrismaPg } from "@prisma/adapter-pg";
import { PrismaClient } from "@/generated/prisma/client";
import { env } from "@/lib/env";

/** Kept on the global object so that a reload in development does not open a second pool. */
const kept = globalThis as { prismaClient?: PrismaClient };

/**
 * The database client of this process. It signs in as the application's role, which owns nothing and sees nothing until
 * a transaction has been told who acts; use it through the scoped transaction, not directly.
 */
export const prisma: PrismaClient = kept.prismaClient ?? createClient();
kept.prismaClient = prisma;

function createClient(): PrismaClient {
  const adapter = new PrismaPg({
    connectionString: env.APP_DATABASE_URL,
    max: env.DATABASE_POOL_SIZE,
    application_name: "hieu-hoc",
  });

  return new PrismaClient({ adapter, errorFormat: "minimal" });
}
