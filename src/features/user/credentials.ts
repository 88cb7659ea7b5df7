import "server-only";
import { verify } from "@node-rs/argon2";
import { findAccount, recordAttempt } from "./data";

type Outcome =
  | { status: "ok"; userId: string; sessionVersion: number }
  | { status: "refused" }
  | { status: "locked" };

// A hash of nothing anybody knows: an unknown name costs the same time as a wrong password.
const DECOY_HASH =
  "$argon2id$v=19$m=19456,t=2,p=1$BgxDgixffVR/KwVjUgj3pA$bMXk7jXqCZgmqxFJXRdLQJ5UvT0xEP0ZJOm2ul/oL5k";

/** Checks a user name and password. Five failures in a row close the account for fifteen minutes. */
export async function checkCredentials(username: string, password: string): Promise<Outcome> {
  if (username.length === 0 || username.length > 100 || password.length === 0 || password.length > 200) {
    return { status: "refused" };
  }

  const account = await findAccount(username.trim());
  const matches = await verifySafely(account?.passwordHash ?? DECOY_HASH, password);
  if (!account?.isActive) return { status: "refused" };
  if (account.isLocked) return { status: "locked" };

  await recordAttempt(account.id, matches);

  return matches
    ? { status: "ok", userId: account.id, sessionVersion: account.sessionVersion }
    : { status: "refused" };
}

async function verifySafely(hash: string, password: string): Promise<boolean> {
  try {
    return await verify(hash, password);
  } catch {
    return false;
  }
}
