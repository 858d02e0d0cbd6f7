import { type Argon2Parameters, argon2, randomBytes, randomInt, timingSafeEqual } from "node:crypto";

// argon2id with OWASP's smallest recommended setting: 19 MiB, two passes, one lane. Hashing runs
// in libuv's thread pool, so it never blocks the event loop; what it could do is occupy all of
// the pool's four threads and a lot of memory. Two at a time leave room for everything else.
const memory = 19_456;
const passes = 2;
const parallelism = 1;
const saltLength = 16;
const hashLength = 32;

const concurrency = 2;
const longestQueue = 100;

/** More sign-ins are waiting than can be answered in reasonable time. */
export class TooManySignIns extends Error {}

export interface PasswordHash {
  readonly memory: number;
  readonly passes: number;
  readonly parallelism: number;
  readonly salt: Buffer;
  readonly hash: Buffer;
}

/** Hashes a password into the PHC string that `identity.set_password` stores. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(saltLength);
  const hash = await derive(password, { memory, passes, parallelism, salt, hash: Buffer.alloc(hashLength) });
  return `$argon2id$v=19$m=${memory},t=${passes},p=${parallelism}$${base64(salt)}$${base64(hash)}`;
}

const shortest = 12;
const longest = 200;

/** Whether a person may choose this password in place of their last one. */
export function isAcceptable(password: string, last: string): boolean {
  const length = [...password.trim()].length;
  return length >= shortest && length <= longest && password !== last && !password.includes("\0");
}

/** A password to be used once: easy to read out, and with 79 bits beyond guessing. */
export function makeInitialPassword(): string {
  const letters = "abcdefghjkmnpqrstuvwxyz23456789";
  const groups = Array.from({ length: 4 }, () =>
    Array.from({ length: 4 }, () => letters[randomInt(letters.length)]).join(""),
  );
  return groups.join("-");
}

/** Whether this is the password of a stored hash. A hash that can't be read matches nothing. */
export async function verifyPassword(password: string, phc: string): Promise<boolean> {
  const stored = parsePhc(phc);
  if (!stored) {
    await verifyPassword(password, await dummyHash());
    return false;
  }
  return timingSafeEqual(await derive(password, stored), stored.hash);
}

let dummy: Promise<string> | undefined;

/** A hash that no password has: verifying against it costs what a real verification costs. */
export function dummyHash(): Promise<string> {
  dummy ??= hashPassword(randomBytes(32).toString("base64url"));
  return dummy;
}

const phcFormat =
  /^\$argon2id\$v=19\$m=(\d{1,7}),t=(\d{1,3}),p=(\d{1,2})\$([A-Za-z0-9+/]{11,86})\$([A-Za-z0-9+/]{22,86})$/;

/** Reads a PHC string; undefined when it isn't argon2id or asks for more than is reasonable. */
export function parsePhc(phc: string): PasswordHash | undefined {
  const match = phcFormat.exec(phc);
  if (!match) return undefined;
  const [, m, t, p, salt = "", hash = ""] = match;
  const parsed: PasswordHash = {
    memory: Number(m),
    passes: Number(t),
    parallelism: Number(p),
    salt: Buffer.from(salt, "base64"),
    hash: Buffer.from(hash, "base64"),
  };
  const reasonable =
    parsed.memory >= 8 * parsed.parallelism &&
    parsed.memory <= 262_144 &&
    parsed.passes >= 1 &&
    parsed.passes <= 10 &&
    parsed.parallelism >= 1 &&
    parsed.parallelism <= 4;
  return reasonable ? parsed : undefined;
}

function base64(bytes: Buffer): string {
  return bytes.toString("base64").replace(/=+$/, "");
}

let running = 0;
const waiting: (() => void)[] = [];

async function derive(password: string, like: PasswordHash): Promise<Buffer> {
  await takeTurn();
  try {
    const parameters: Argon2Parameters = {
      message: Buffer.from(password.normalize("NFKC"), "utf8"),
      nonce: like.salt,
      memory: like.memory,
      passes: like.passes,
      parallelism: like.parallelism,
      tagLength: like.hash.length,
    };
    return await new Promise<Buffer>((resolve, reject) =>
      argon2("argon2id", parameters, (error, key) => (error ? reject(error) : resolve(key))),
    );
  } finally {
    const next = waiting.shift();
    if (next) next();
    else running -= 1;
  }
}

async function takeTurn(): Promise<void> {
  if (running < concurrency) {
    running += 1;
    return;
  }
  if (waiting.length >= longestQueue) throw new TooManySignIns();
  await new Promise<void>((resolve) => waiting.push(resolve));
}
