import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { day, openFilingHouse, period, personal, refusalOf } from "./support/filing.ts";

const filing = openFilingHouse();
const { cash, casesOf, ctr, fileOf, get, happen } = filing;

describe("npm run ctr -- export", () => {
  test("writes the same file, for its owner's eyes", async () => {
    const out = join(filing.folder, "export.xml");
    const command = ctr(["export", "--from", day, "--to", day, "--out", out]);
    expect(await command.exited, command.output).toBe(0);
    expect(command.output).toContain(`${out}: 5 reports, valid`);
    expect(readFileSync(out)).toEqual(await fileOf(period));
    expect(statSync(out).mode & 0o777).toBe(0o600);
    expect(command.output).not.toMatch(personal);
  });

  test("lists what is missing, case by case, and no file appears", async () => {
    const open = "2026-01-07";
    await happen("player", { card: "INCOMPLETE" });
    await cash("INCOMPLETE", "in", "chip_purchase", "11000", {}, `${open}T20:00:00-08:00`);
    await cash("ONE-WAY", "in", "chip_purchase", "11000", {}, `${open}T20:00:00-08:00`);
    const response = await get(`from=${day}&to=${open}`);
    const [status, error] = await refusalOf(response);
    expect([status, error.code]).toEqual([422, "CTR_IDENTIFICATION_INCOMPLETE"]);
    const cases = await casesOf(open);
    expect(error.details?.cases).toMatchObject([
      {
        caseId: cases[0],
        gamingDay: open,
        name: "Pat INCOMPLETE",
        missing: expect.arrayContaining(["last_name", "id_number"]),
      },
      { caseId: cases[1], gamingDay: open, name: "Pat ONE-WAY", missing: ["preparation"] },
    ]);

    const before = readdirSync(filing.folder);
    const out = join(filing.folder, "incomplete.xml");
    const command = ctr(["export", "--from", day, "--to", open, "--out", out]);
    expect(await command.exited, command.output).toBe(1);
    for (const caseId of cases) expect(command.output).toContain(caseId);
    expect(command.output).toMatch(/Pat INCOMPLETE \(\S+\): last_name, first_name, birth_date/);
    expect(existsSync(out)).toBe(false);
    expect(readdirSync(filing.folder)).toEqual(before);
  });

  test("leaves an older file as it was when it is refused", async () => {
    const out = join(filing.folder, "older.xml");
    writeFileSync(out, "older");
    const command = ctr(["export", "--from", "2025-01-01", "--to", "2025-01-01", "--out", out]);
    expect(await command.exited).toBe(1);
    expect(command.output).toContain("No case from 2025-01-01 to 2025-01-01 waits to be filed.");
    expect(readFileSync(out, "utf8")).toBe("older");
  });

  test.each([
    [["export", "--from", day, "--out", "x.xml"], /needs --from, --to and --out/],
    [["export", "--from", day, "--to", day, "--out", "/nowhere/x.xml"], /no folder \/nowhere/],
    [["dance"], /Give export, or acknowledge/],
    [["acknowledge", "/nowhere/x.xml"], /\/nowhere\/x.xml can't be read/],
  ])("says what is wrong with %j", async (args, sentence) => {
    const command = ctr(args);
    expect(await command.exited).toBe(1);
    expect(command.output).toMatch(sentence);
  });

  test("needs the officer's password", async () => {
    const wrong = ctr(["export", "--from", day, "--to", day, "--out", join(filing.folder, "w.xml")], {
      PITLEDGER_PASSWORD: "wrong",
    });
    expect(await wrong.exited).toBe(1);
    expect(wrong.output).toContain("Property code, user name and password don't match.");
    const none = ctr(["export", "--from", day, "--to", day, "--out", join(filing.folder, "w.xml")], {
      PITLEDGER_PASSWORD: "",
    });
    expect(await none.exited).toBe(1);
    expect(none.output).toContain("put it into PITLEDGER_PASSWORD");
  });
});

test("nothing personal is in the log", () => {
  expect(JSON.stringify(filing.house.log)).not.toMatch(personal);
});
