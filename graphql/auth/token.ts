import { createHash, randomBytes } from "node:crypto";

// The cookie holds "<casino id>.<secret>"; the database only ever sees the secret's SHA-256. The
// casino in it says where to look the session up and proves nothing.
const wellFormed = /^([1-9][0-9]{0,8})\.([A-Za-z0-9_-]{43})$/;

/** 256 random bits as 43 characters of base64url. */
export function newSecret(): string {
  return randomBytes(32).toString("base64url");
}

/** What `identity.session.token_hash` holds for a secret. */
export function hashSecret(secret: string): Buffer {
  return createHash("sha256").update(secret, "utf8").digest();
}

/** The cookie's value. */
export function formatToken(casinoId: number, secret: string): string {
  return `${casinoId}.${secret}`;
}

/** The setting `pit.session` for a cookie's value; undefined when it isn't a token at all. */
export function sessionClaim(token: string | undefined): string | undefined {
  const match = token === undefined ? null : wellFormed.exec(token);
  if (!match?.[1] || !match[2]) return undefined;
  return `${match[1]}.${hashSecret(match[2]).toString("hex")}`;
}
