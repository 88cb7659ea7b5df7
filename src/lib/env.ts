import { z } from "zod";

const Environment = z
  .object({
    /** Address of the database for the role that owns nothing. The owner's address never reaches this process. */
    APP_DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }),
    /** Most connections one process holds. */
    DATABASE_POOL_SIZE: z.coerce.number().int().min(2).max(100).default(10),
    /** Master secret: sessions are signed with it, other secrets derived from it. */
    AUTH_SECRET: z.string().min(32),
    /** Master secret of identity numbers. Lost, they can neither be shown nor found again: kept with the backups. */
    IDENTITY_KEY: z.string().min(32),
    /** Address under which people reach the application, when it differs from where it listens. */
    NEXTAUTH_URL: z.url().optional(),
    /** Folder for evidence files when they are kept on disk. */
    DATA_DIR: z.string().min(1).default(".data"),
    HIEU_HOC_MODE: z.enum(["demonstration", "production"]).default("demonstration"),
    FILES_DRIVER: z.enum(["disk", "s3"]).default("disk"),
    S3_ENDPOINT: z.url().optional(),
    S3_REGION: z.string().min(1).default("us-east-1"),
    S3_BUCKET: z.string().min(1).optional(),
    S3_ACCESS_KEY_ID: z.string().min(1).optional(),
    S3_SECRET_ACCESS_KEY: z.string().min(1).optional(),
  })
  .superRefine((value, context) => {
    if (value.FILES_DRIVER !== "s3") return;
    for (const name of ["S3_BUCKET", "S3_ACCESS_KEY_ID", "S3_SECRET_ACCESS_KEY"] as const) {
      if (!value[name])
        context.addIssue({ code: "custom", path: [name], message: "required with FILES_DRIVER=s3" });
    }
  });

type Environment = z.infer<typeof Environment>;

/** The settings of this process, read once. Nothing else reads `process.env`. */
export const env: Readonly<Environment> = readEnvironment();

/** An empty variable, as compose files write an unset one, counts as absent. Values never appear in the error. */
function readEnvironment(): Environment {
  const given = Object.fromEntries(Object.entries(process.env).filter(([, value]) => value !== ""));
  const result = Environment.safeParse(given);
  if (result.success) return result.data;

  const problems = result.error.issues.map(({ path, message }) => `${path.join(".")}: ${message}`);
  throw new Error(`Invalid environment. ${problems.join("; ")}`);
}
