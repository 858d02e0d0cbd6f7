// Checks a proof that an entry is part of a casino's sealed points ledger. It needs this file, the
// proof and Node 20 or newer: no database, no network, no other program.
//
//   node verify-proof.mjs PROOF.json [SEALS.json | SEAL]
//
// SEALS.json is a file of seals (`npm run seal -- --export`), SEAL a single seal in hex, that you
// got from the casino earlier. Without one of them you learn that the proof is right about the seal
// it names, but not that the casino had that seal. Exit code 0: accepted, 1: refused.
//
// What is checked: the entry's content and the hash before it give the entry's hash; the contents
// of the entries after it lead from there to the hash of the player's sealed entry; that is a leaf
// of the Merkle tree (RFC 9162) whose root the seal commits to. Every character of the proof counts:
// a file that says the same in other words is refused too.

import { createHash } from "node:crypto";
import { readFileSync, realpathSync } from "node:fs";
import { argv, exit } from "node:process";
import { fileURLToPath } from "node:url";

class Refused extends Error {}

const sha256 = (...parts) => createHash("sha256").update(Buffer.concat(parts)).digest();

function check(holds, sentence) {
  if (!holds) throw new Refused(sentence);
}

// ---- the values of a proof: one way to write each ----

const forms = {
  hash: /^[0-9a-f]{64}$/,
  bytes: /^(?:[0-9a-f]{2})+$/,
  uuid: /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/,
  number: /^(?:0|-?[1-9][0-9]{0,18})$/,
  day: /^[0-9]{4}-[0-9]{2}-[0-9]{2}$/,
};

function read(value, form, name) {
  check(typeof value === "string" && forms[form].test(value), `"${name}" is not written as it should be.`);
  return value;
}

const hex = (value, name) => Buffer.from(read(value, "hash", name), "hex");
const number = (value, name) => BigInt(read(value, "number", name));

function object(value, keys, name) {
  check(typeof value === "object" && value !== null && !Array.isArray(value), `"${name}" is missing.`);
  check(Object.keys(value).join() === keys.join(), `"${name}" has other fields than it should.`);
  return value;
}

function list(value, name) {
  check(Array.isArray(value), `"${name}" is not a list.`);
  return value;
}

function parse(bytes, name) {
  let text;
  let value;
  try {
    text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
    value = JSON.parse(text);
  } catch (thrown) {
    throw new Refused(`The ${name} can't be read: ${thrown.message}`);
  }
  check(`${JSON.stringify(value, null, 2)}\n` === text, `The ${name} is not written as it was given out.`);
  return value;
}

// ---- an entry's content: a row as PostgreSQL sends it ----

const int32 = (value) => {
  const buffer = Buffer.alloc(4);
  buffer.writeInt32BE(value);
  return buffer;
};
const int64 = (value) => {
  const buffer = Buffer.alloc(8);
  buffer.writeBigInt64BE(value);
  return buffer;
};

/** PostgreSQL counts from 2000-01-01, the proof from 1970-01-01. */
const daysTo2000 = 10_957;
const microsecondsTo2000 = BigInt(daysTo2000) * 86_400_000_000n;

const types = {
  integer: [23, (value) => int32(value)],
  uuid: [2950, (value, name) => Buffer.from(read(value, "uuid", name).replaceAll("-", ""), "hex")],
  bigint: [20, (value, name) => int64(number(value, name))],
  text: [25, (value) => Buffer.from(value, "utf8")],
  bytes: [17, (value, name) => hex(value, name)],
  day: [1082, (value, name) => int32(Date.parse(`${read(value, "day", name)}T00:00:00Z`) / 86_400_000 - daysTo2000)],
  moment: [1184, (value, name) => int64(number(value, name) - microsecondsTo2000)],
};

const columns = {
  casinoId: "integer",
  playerId: "uuid",
  entryNo: "bigint",
  transactionType: "text",
  eventType: "text",
  source: "text",
  pointsChange: "bigint",
  balanceBefore: "bigint",
  balanceAfter: "bigint",
  tierBefore: "text",
  tierAfter: "text",
  ratingSlipId: "uuid",
  visitId: "uuid",
  reversesEntryNo: "bigint",
  reason: "text",
  staffId: "uuid",
  approvedBy: "uuid",
  correlationId: "text",
  idempotencyKey: "text",
  requestFingerprint: "bytes",
  gamingDay: "day",
  occurredAt: "moment",
  createdAt: "moment",
};

function contentOf(entry) {
  const parts = [int32(Object.keys(columns).length)];
  for (const [name, type] of Object.entries(columns)) {
    const [oid, encode] = types[type];
    const value = entry[name];
    check(
      type === "integer" ? Number.isInteger(value) : value === null || typeof value === "string",
      `"${name}" is wrong.`,
    );
    const bytes = value === null ? undefined : encode(value, name);
    parts.push(int32(oid), int32(bytes?.length ?? -1), bytes ?? Buffer.alloc(0));
  }
  return Buffer.concat(parts);
}

// ---- from the leaf to the root, RFC 9162 section 2.1.3.2 ----

function rootOf(leaf, leafNo, treeSize, path) {
  check(leafNo >= 0n && leafNo < treeSize, "The leaf's number is not one of the tree's.");
  let [fn, sn, node] = [leafNo, treeSize - 1n, leaf];
  for (const neighbour of path) {
    check(sn > 0n, "The way to the root is too long.");
    if (fn % 2n === 1n || fn === sn) {
      node = sha256(Buffer.from([1]), neighbour, node);
      while (fn % 2n === 0n && fn > 0n) [fn, sn] = [fn / 2n, sn / 2n];
    } else {
      node = sha256(Buffer.from([1]), node, neighbour);
    }
    [fn, sn] = [fn / 2n, sn / 2n];
  }
  check(sn === 0n, "The way to the root is too short.");
  return node;
}

// ---- the proof ----

const sealKeys = ["gamingDay", "sealedAt", "players", "entries", "merkleRoot", "previousSeal", "seal"];

function verifySeal(casinoId, seal) {
  const text =
    `[${casinoId}, "${read(seal.gamingDay, "day", "gamingDay")}", ${number(seal.sealedAt, "sealedAt")}, ` +
    `${number(seal.players, "players")}, ${number(seal.entries, "entries")}, "${read(seal.merkleRoot, "hash", "merkleRoot")}"]`;
  const computed = sha256(hex(seal.previousSeal, "previousSeal"), Buffer.from(text, "utf8"));
  check(computed.equals(hex(seal.seal, "seal")), "The seal doesn't fit what it says.");
}

function verify(proof) {
  object(proof, ["format", "entry", "previousHash", "laterEntries", "leaf", "seal"], "proof");
  check(proof.format === "pitledger-proof-1", "This is not a proof of a ledger entry.");
  const entry = object(proof.entry, Object.keys(columns), "entry");
  const leaf = object(proof.leaf, ["entryNo", "leafNo", "path"], "leaf");
  const seal = object(proof.seal, sealKeys, "seal");

  let hash = sha256(hex(proof.previousHash, "previousHash"), contentOf(entry));
  let last = number(entry.entryNo, "entryNo");
  for (const content of list(proof.laterEntries, "laterEntries")) {
    hash = sha256(hash, Buffer.from(read(content, "bytes", "laterEntries"), "hex"));
    last += 1n;
  }
  check(number(leaf.entryNo, "leaf.entryNo") === last, "The sealed entry is another one.");

  const player = types.uuid[1](entry.playerId, "playerId");
  const node = sha256(Buffer.from([0]), player, int64(last), hash);
  const path = list(leaf.path, "path").map((neighbour) => hex(neighbour, "path"));
  const root = rootOf(node, number(leaf.leafNo, "leafNo"), number(seal.players, "players"), path);
  check(root.equals(hex(seal.merkleRoot, "merkleRoot")), "The entry doesn't lead to the seal's root.");
  verifySeal(entry.casinoId, seal);
}

/** The proof's seal must be the one that was given out earlier: in a file of seals, or by itself. */
function compare({ entry, seal }, known) {
  if (known === undefined) return "Compare its seal with one that you got from the casino earlier.";
  if (typeof known === "string") {
    check(known === seal.seal, "The seal is not the one that you have.");
    return "Its seal is the one that you have.";
  }
  const file = parse(known, "file of seals");
  check(file?.format === "pitledger-seals-1" && Array.isArray(file.seals), "The file of seals is not one.");
  check(file.casinoId === entry.casinoId, "The file of seals is another casino's.");
  let previous;
  for (const each of file.seals) {
    verifySeal(file.casinoId, each);
    check(previous === undefined || each.previousSeal === previous, "The seals of the file don't follow each other.");
    previous = each.seal;
  }
  const own = file.seals.find((each) => each.gamingDay === seal.gamingDay);
  check(own !== undefined, `Your file has no seal of ${seal.gamingDay}.`);
  check(own.seal === seal.seal, "The seal is not the one in your file.");
  return "Its seal is the one in your file.";
}

/**
 * Checks the bytes of a proof, and its seal against the bytes of a file of seals or a seal in hex.
 * Gives a sentence that begins with ACCEPTED or REFUSED.
 */
export function checkProof(bytes, known) {
  try {
    const proof = parse(bytes, "proof");
    verify(proof);
    const about = compare(proof, known);
    const { entry, seal } = proof;
    return (
      `ACCEPTED: entry ${entry.entryNo} of player ${entry.playerId} (${entry.transactionType}, ${entry.pointsChange} ` +
      `points, balance ${entry.balanceAfter}) is in the ledger that was sealed on ${seal.gamingDay}: ${seal.seal}. ${about}`
    );
  } catch (thrown) {
    return `REFUSED: ${thrown instanceof Refused ? thrown.message : `the proof can't be read (${thrown.message}).`}`;
  }
}

if (argv[1] !== undefined && realpathSync(argv[1]) === fileURLToPath(import.meta.url)) {
  const [proofFile, known, ...more] = argv.slice(2);
  if (proofFile === undefined || more.length > 0) {
    console.error("node verify-proof.mjs PROOF.json [SEALS.json | SEAL]");
    exit(2);
  }
  try {
    const isSeal = known === undefined || forms.hash.test(known);
    const answer = checkProof(readFileSync(proofFile), isSeal ? known : readFileSync(known));
    console.log(answer);
    exit(answer.startsWith("ACCEPTED") ? 0 : 1);
  } catch (thrown) {
    console.log(`REFUSED: ${thrown.message}.`);
    exit(1);
  }
}
