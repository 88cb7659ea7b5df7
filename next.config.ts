import type { NextConfig } from "next";

const isDevelopment = process.env.NODE_ENV === "development";

// Next puts small inline scripts into every page; without a nonce per request they have to be allowed as such.
// Development needs eval for reloading and a socket to the server.
const contentSecurityPolicy = [
  "default-src 'self'",
  `script-src 'self' 'unsafe-inline'${isDevelopment ? " 'unsafe-eval'" : ""}`,
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' blob: data:",
  "font-src 'self'",
  `connect-src 'self'${isDevelopment ? " ws:" : ""}`,
  "object-src 'none'",
  "base-uri 'self'",
  "form-action 'self'",
  "frame-src 'self' blob:",
  "frame-ancestors 'none'",
].join("; ");

const securityHeaders = [
  { key: "Content-Security-Policy", value: contentSecurityPolicy },
  { key: "X-Frame-Options", value: "DENY" },
  { key: "X-Content-Type-Options", value: "nosniff" },
  { key: "Referrer-Policy", value: "same-origin" },
  { key: "Cross-Origin-Opener-Policy", value: "same-origin" },
  { key: "Permissions-Policy", value: "camera=(self), geolocation=(), microphone=(), payment=(), usb=()" },
];

const config: NextConfig = {
  // Two servers beside each other (a test run and a developer's) need a build folder each.
  distDir: process.env.NEXT_DIST_DIR ?? ".next",
  poweredByHeader: false,
  reactStrictMode: true,
  // In development Next would print what forms sent, names and numbers of people among it.
  logging: { serverFunctions: false },
  // Native modules and the database client are loaded by Node, not bundled.
  serverExternalPackages: [
    "@node-rs/argon2",
    "@prisma/adapter-pg",
    "@prisma/client",
    "file-type",
    "flydrive",
    "pg",
    "pg-copy-streams",
    "sharp",
  ],
  // Types are checked as a step of their own, for tests and scripts too.
  typescript: { ignoreBuildErrors: true },
  // Files of evidence carry their own, stricter policy and stand in frames of our pages.
  headers: async () => [{ source: "/((?!tep/).*)", headers: securityHeaders }],
};

export default config;
