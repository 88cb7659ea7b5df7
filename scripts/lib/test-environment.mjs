const SETTINGS = [
  "APP_DATABASE_URL",
  "AUTH_SECRET",
  "DATABASE_POOL_SIZE",
  "DATABASE_URL",
  "FILES_DRIVER",
  "HIEU_HOC_MODE",
  "HOST",
  "IDENTITY_KEY",
  "NEXTAUTH_SECRET",
  "NEXTAUTH_URL",
  "NODE_ENV",
  "PORT",
];

/** Takes the settings of an installation out of our environment: checks bring everything along themselves. */
export function forgetSettings() {
  for (const name of SETTINGS) delete process.env[name];
}
