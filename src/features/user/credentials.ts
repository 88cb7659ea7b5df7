import "server-only";
import { verify } from "@node-rs/argon2";
import { beginSignIn, recordSuccess } from "./data";

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

  const account = await beginSignIn(username.trim());
  if (account?.isLocked) return { status: "locked" };

  const matches = await verifySafely(account?.passwordHash ?? DECOY_HASH, password);
  if (!account?.isActive || !matches) return { status: "refused" };

  await recordSuccess(account.id);

  return { status: "ok", userId: account.id, sessionVersion: account.sessionVersion };
}

async function verifySafely(hash: string, password: string): Promise<boolean> {
  try {
    return await verify(hash, password);
  } catch {
    return false;
  }
}
