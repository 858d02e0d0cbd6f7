import { spawnSync } from "node:child_process";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { projectRoot } from "../../bin/lib/home.ts";
import { Command, temporaryFolder } from "../support/process.ts";
import { type House, newKey, openHouse } from "./support/house.ts";

let house: House;
let folder: string;
const script = join(projectRoot, "docs/how-to/verify-proof.mjs");

/** The same check as the script's, without starting Node for each. */
type Check = (proof: Uint8Array, known?: string | Uint8Array) => string;
let checkProof: Check;

const cards = ["P1", "P2", "P3", "P4", "P5"];

beforeAll(async () => {
  house = await openHouse();
  folder = temporaryFolder();
  ({ checkProof } = (await import(pathToFileURL(script).href)) as { checkProof: Check });
  const sender = await house.sender();
  const at = new Date(Date.now() - 60_000).toISOString();
  const events = cards.flatMap((card) => [
    { key: newKey(), at, type: "player", card, first_name: "Pat", last_name: card, birth_date: "1980-01-31" },
    { key: newKey(), at, type: "reward", card, points: 700, reason: 'a "fine" afternoon — ok\n' },
    { key: newKey(), at, type: "redeem", card, points: 30, reason: "coffee" },
    { key: newKey(), at, type: "reward", card, points: 4, reason: "another afternoon" },
  ]);
  await sender.get("mutation ($events: JSON!) { ingestEvents(input: { events: $events }) { clientMutationId } }", {
    events,
  });
}, 60_000);

afterAll(async () => {
  await house.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Runs a command against the house's database; its output and its exit code. */
async function run(...args: string[]): Promise<{ code: number | string | null; output: string }> {
  const command = new Command(args, { PITLEDGER_URL: house.url, DATABASE_URL: house.ownerUrl });
  const code = await command.exited;
  return { code, output: command.output };
}

/** Changes rows behind the functions' back and puts them back afterwards. */
async function whileDamaged(damage: string, mend: string, work: () => Promise<void>): Promise<void> {
  const switchTrigger = (how: string) =>
    house.sql(`alter table loyalty.loyalty_ledger ${how} trigger loyalty_ledger_is_append_only`);
  await switchTrigger("disable");
  await house.sql("create table public.kept as select * from loyalty.loyalty_ledger");
  await house.sql(damage);
  try {
    await work();
  } finally {
    await house.sql(mend);
    await house.sql("drop table public.kept");
    await switchTrigger("enable always");
  }
}

const mendLedger = `delete from loyalty.loyalty_ledger; insert into loyalty.loyalty_ledger select * from public.kept`;
const ofP2 = "player_id = (select player_id from floor.player where card_no = 'P2')";

describe("sealing, verifying and proving", () => {
  const proofFile = () => join(folder, "proof.json");
  const sealsFile = () => join(folder, "seals.json");

  test("nothing is proved before it is sealed", async () => {
    const { code, output } = await run(
      ...["proof", "--casino", "ONE", "--card", "P2", "--entry", "1", "--out", proofFile()],
    );
    expect(output).toContain("No seal covers entry 1 of this player yet.");
    expect(code).toBe(1);
  });

  test("every casino is sealed, once", async () => {
    const first = await run("seal");
    expect(first.output).toMatch(/ONE {2}\d{4}-\d\d-\d\d {2}sealed: 15 entries of 5 players\n {2}[0-9a-f]{64}\n/);
    expect(first.output).toMatch(/TWO {2}\d{4}-\d\d-\d\d {2}sealed: 0 entries of 0 players/);
    expect(first.code).toBe(0);
    const second = await run("seal", "--casino", "ONE");
    expect(second.output).toMatch(/ONE .* was sealed already: 15 entries of 5 players/);
    expect(second.code).toBe(0);
  });

  test("an undamaged ledger is verified, also against the file of seals", async () => {
    expect(await run("seal", "--casino", "ONE", "--export", sealsFile(), "--players")).toMatchObject({ code: 0 });
    const plain = await run("verify");
    expect(plain.output).toMatch(/ONE {2}ledger {5}15 entries of 5 players: intact/);
    expect(plain.output).toMatch(/ONE {2}standings {2}as the ledger says: intact/);
    expect(plain.output).toMatch(/ONE {2}seals {6}1 seal: intact/);
    expect(plain.code).toBe(0);
    const compared = await run("verify", "--casino", "ONE", "--seals", sealsFile());
    expect(compared.output).toMatch(/1 seal, compared with the file: intact/);
    expect(compared.code).toBe(0);
  });

  test.each([
    ["a changed byte", `update loyalty.loyalty_ledger set reason = 'coffeE' where ${ofP2} and entry_no = 2`, "2"],
    ["an entry taken out", `delete from loyalty.loyalty_ledger where ${ofP2} and entry_no = 2`, "2"],
    ["the newest entry taken away", `delete from loyalty.loyalty_ledger where ${ofP2} and entry_no = 3`, "3"],
    ["a changed balance", `update loyalty.player_loyalty set current_balance = 7 where ${ofP2}`, "3"],
  ])("%s ends with 1 and a table that names the player and the entry", async (_name, damage, entry) => {
    const [player] = await house.sql<{ player_id: string }>(`select player_id from floor.player where card_no = 'P2'`);
    const mend = `${mendLedger}; update loyalty.player_loyalty set current_balance = 674 where ${ofP2}`;
    await whileDamaged(damage, mend, async () => {
      const { code, output } = await run("verify", "--casino", "ONE");
      expect(output).toMatch(new RegExp(`${player?.player_id} +${entry} {2}`));
      expect(output).toContain("PROBLEMS");
      expect(code).toBe(1);
    });
    expect((await run("verify")).code).toBe(0);
  });

  test("the script accepts a true proof, with the file, with the seal and by itself", async () => {
    const written = await run(...["proof", "--casino", "ONE", "--card", "P2", "--entry", "1", "--out", proofFile()]);
    expect(written.output).toMatch(/entry 1 is in the seal of \d{4}-\d\d-\d\d\n {2}[0-9a-f]{64}/);
    const { seal } = (JSON.parse(readFileSync(proofFile(), "utf8")) as { seal: { seal: string } }).seal;
    for (const known of [[], [sealsFile()], [seal]]) {
      const { status, stdout } = spawnSync(process.execPath, [script, proofFile(), ...known], { encoding: "utf8" });
      expect(stdout).toMatch(/^ACCEPTED: entry 1 of player .* \(MANUAL_BONUS, 700 points, balance 700\)/);
      expect(status).toBe(0);
    }
    const { status, stdout } = spawnSync(process.execPath, [script, proofFile(), "0".repeat(64)], { encoding: "utf8" });
    expect(stdout).toBe("REFUSED: The seal is not the one that you have.\n");
    expect(status).toBe(1);
  });

  test("every entry of every player is proved", async () => {
    for (const card of cards) {
      for (const entry of ["1", "2", "3"]) {
        const out = join(folder, `${card}-${entry}.json`);
        const [row] = await house.sql<{ proof: unknown }>(
          `select ops._prove_entry(p.player_id, $2) as proof
          from floor.player as p
          cross join lateral set_config('pit.casino', p.casino_id::text, false)
          where p.card_no = $1`,
          [card, entry],
        );
        writeFileSync(out, `${JSON.stringify(row?.proof, null, 2)}\n`);
        expect(checkProof(readFileSync(out), readFileSync(sealsFile()))).toMatch(/^ACCEPTED/);
      }
    }
  });

  test("any one-bit change of a proof is refused", () => {
    const proof = readFileSync(proofFile());
    expect(checkProof(proof)).toMatch(/^ACCEPTED/);
    const accepted: number[] = [];
    for (let bit = 0; bit < proof.length * 8; bit++) {
      const changed = Buffer.from(proof);
      changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      if (!checkProof(changed).startsWith("REFUSED")) accepted.push(bit);
    }
    expect(proof.length).toBeGreaterThan(1_000);
    expect(accepted).toEqual([]);
    const changed = join(folder, "changed.json");
    writeFileSync(changed, Buffer.from(proof.toString().replace('"700"', '"701"')));
    const { status, stdout } = spawnSync(process.execPath, [script, changed], { encoding: "utf8" });
    expect(stdout).toBe("REFUSED: The entry doesn't lead to the seal's root.\n");
    expect(status).toBe(1);
  });

  test("what isn't a proof is refused in a sentence", () => {
    for (const text of ["", "{}", "[]", "null", '"x"', "{}\n", "\u0000"]) {
      expect(checkProof(Buffer.from(text))).toMatch(/^REFUSED: .*\.?$/s);
    }
    const { status, stdout } = spawnSync(process.execPath, [script, "/nowhere"], { encoding: "utf8" });
    expect(stdout).toMatch(/^REFUSED: /);
    expect(status).toBe(1);
  });

  test("what is asked wrongly is answered with the usage", async () => {
    expect((await run("verify", "--seals", sealsFile())).output).toContain("needs --casino");
    expect((await run("seal", "--casino", "NONE")).output).toContain("There is no casino NONE.");
    expect((await run("seal", "--day", "tomorrow")).output).toContain("no day");
    expect((await run("proof", "--casino", "ONE")).output).toContain("npm run proof");
    expect((await run("seal", "--casino", "ONE", "--day", "2999-01-01")).output).toContain("it is not over");
  });
});
