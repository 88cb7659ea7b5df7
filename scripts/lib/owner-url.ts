/** The address of the database as its owner, `DATABASE_URL`; ends the command with code 2 where there is none. */
export function ownerUrl(): string {
  const url = process.env.DATABASE_URL;
  if (url) return url;
  console.error("Thiếu DATABASE_URL.");
  process.exit(2);
}
