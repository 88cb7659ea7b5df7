import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from "node:crypto";

const KEY_ID_BYTES = 1;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** The key a sealed text was made with: the first byte of it, so that the key can be changed one day. */
const KEY_ID = 1;

/** A text under lock: `hash` finds equal texts again, `cipher` holds the text. Neither tells it without the key. */
export type Sealed = { hash: Uint8Array<ArrayBuffer>; cipher: Uint8Array<ArrayBuffer> };

/** Seals short texts that must be found again by their whole value. */
export type Sealer = Readonly<{
  /** The same 32 bytes for the same text, always. */
  hash: (text: string) => Uint8Array<ArrayBuffer>;
  /** Two seals of one text differ in `cipher`. */
  seal: (text: string) => Sealed;
  /** @throws RangeError when it was made with another key or changed since, or the hash is not its own */
  open: (sealed: Sealed) => string;
}>;

/**
 * A sealer whose keys come from a secret: one to hash (HMAC-SHA-256), one to encrypt (AES-256-GCM), bound to a purpose by
 * HKDF. The hash is authenticated with the text: a cipher moved beside another hash does not open.
 */
export function createSealer(secret: string, purpose: string): Sealer {
  const keyOf = (use: string) =>
    Buffer.from(hkdfSync("sha256", secret, "", `hieu-hoc/${purpose}/${use}/${KEY_ID}`, 32));
  const hashKey = keyOf("hash");
  const cipherKey = keyOf("cipher");

  const hash = (text: string) => new Uint8Array(createHmac("sha256", hashKey).update(text, "utf8").digest());

  return {
    hash,
    seal: (text) => {
      const digest = hash(text);
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv("aes-256-gcm", cipherKey, nonce, { authTagLength: TAG_BYTES });
      cipher.setAAD(digest);
      const body = Buffer.concat([cipher.update(text, "utf8"), cipher.final()]);
      const parts = [Buffer.of(KEY_ID), nonce, cipher.getAuthTag(), body];

      return { hash: digest, cipher: new Uint8Array(Buffer.concat(parts)) };
    },
    open: (sealed) => {
      const bytes = Buffer.from(sealed.cipher);
      const tagAt = KEY_ID_BYTES + NONCE_BYTES;
      const bodyAt = tagAt + TAG_BYTES;
      if (bytes.length < bodyAt || bytes[0] !== KEY_ID) throw new RangeError("not sealed with this key");

      const decipher = createDecipheriv("aes-256-gcm", cipherKey, bytes.subarray(KEY_ID_BYTES, tagAt), {
        authTagLength: TAG_BYTES,
      });
      decipher.setAAD(sealed.hash);
      decipher.setAuthTag(bytes.subarray(tagAt, bodyAt));
      try {
        return Buffer.concat([decipher.update(bytes.subarray(bodyAt)), decipher.final()]).toString("utf8");
      } catch (cause) {
        throw new RangeError("sealed text was changed or made with another key", { cause });
      }
    },
  };
}
