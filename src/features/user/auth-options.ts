import "server-only";
import type { NextAuthOptions } from "next-auth";
import CredentialsProvider from "next-auth/providers/credentials";
import { env } from "@/lib/env";
import { checkCredentials } from "./credentials";

/** Sign-in by user name and password. The token says only who and which session; rights are read anew on every request. */
export const authOptions: NextAuthOptions = {
  secret: env.AUTH_SECRET,
  session: { strategy: "jwt", maxAge: 12 * 60 * 60 },
  pages: { signIn: "/dang-nhap", error: "/dang-nhap" },
  providers: [
    CredentialsProvider({
      name: "Tài khoản",
      credentials: { username: {}, password: { type: "password" } },
      async authorize(credentials) {
        const outcome = await checkCredentials(credentials?.username ?? "", credentials?.password ?? "");
        if (outcome.status !== "ok") throw new Error(outcome.status === "locked" ? "LOCKED" : "REFUSED");

        return { id: outcome.userId, sessionVersion: outcome.sessionVersion };
      },
    }),
  ],
  callbacks: {
    jwt({ token, user }) {
      if (user) {
        token.sub = user.id;
        token.sessionVersion = (user as { sessionVersion?: number }).sessionVersion ?? 0;
      }

      return { sub: token.sub, sessionVersion: token.sessionVersion };
    },
    session({ session, token }) {
      return Object.assign(session, { user: { id: token.sub, sessionVersion: token.sessionVersion } });
    },
  },
};
