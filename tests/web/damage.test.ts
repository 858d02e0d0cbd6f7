import { rmSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { Scrape } from "../api/support/scrape.ts";
import { Guide, makeDesk } from "../support/guide.ts";
import { temporaryFolder } from "../support/process.ts";
import { openDesk } from "./support/client.ts";
import { type Damage, damages, fillBooks, inflict } from "./support/damage.ts";

// Each kind of damage: found by the next reconciliation, seen on the screen and in /metrics, repaired
// with the command of docs/how-to/drift.md, and gone from both.

const desk = openDesk();
const patient = { timeout: 15_000 };
let metrics: string;
let folder: string;

beforeAll(async () => {
  await fillBooks(desk.house);
  metrics = await desk.house.serve({ rememberFigures: 0 });
  folder = temporaryFolder();
  makeDesk(folder);
}, 60_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

const measured = async () => (await Scrape.of(metrics)).value("reconciliation_drift", { casino: "ONE" });

/** Runs the runbook's command as it is printed there. */
function runbook(command: string): Promise<unknown> {
  const { ownerUrl, gatewayUrl, workerUrl } = desk.house;
  const environment = {
    PITLEDGER_HOME: join(folder, "home"),
    DATABASE_URL: ownerUrl,
    // Without these the command would give the logins new passwords.
    GATEWAY_DATABASE_URL: gatewayUrl,
    WORKER_DATABASE_URL: workerUrl,
  };
  return new Guide("drift.md", { folder, environment }).run(command);
}

/** The differences that the screen lists. */
function listed(page: Page): Promise<string[]> {
  const rows = page.getByRole("region", { name: "Differences" }).locator("tbody tr");
  return rows.evaluateAll((all) =>
    all.map((row) => {
      const [what = "", expected = "", actual = ""] = [...row.querySelectorAll("td")].map((cell) => cell.innerText);
      const title = what.split("\n")[0] ?? "";
      return /^[0-9a-f]{64}$/.test(expected) ? title : `${title}: ${expected}, not ${actual}`;
    }),
  );
}

async function reconcile(page: Page, found: number): Promise<void> {
  await page.getByRole("button", { name: "Reconcile now" }).click();
  const said =
    found === 0
      ? "Balances, chains and cash totals agree with their entries."
      : `${found} difference${found === 1 ? "" : "s"}`;
  await page.getByRole("status").getByText(said, { exact: true }).waitFor();
}

async function expectNothing(page: Page): Promise<void> {
  await reconcile(page, 0);
  await page.getByText("This run found no difference").waitFor();
  expect(await measured()).toBe(0);
}

async function repair({ within }: Damage, putBack: () => Promise<void>): Promise<void> {
  if (!within) return void (await runbook("npm run rebuild -- --apply"));
  await expect(runbook("npm run rebuild -- --apply")).rejects.toThrow(/The (ledger|cash log) of .* is broken/);
  await putBack();
}

test("ten kinds of damage at least", () => {
  expect(new Set(damages.map(({ shown }) => shown.join())).size).toBeGreaterThanOrEqual(10);
});

test("each is found, seen, measured, repaired and gone", { timeout: 600_000 }, async () => {
  const page = await desk.sitDown("auditor");
  await page.goto("/operations");
  await expectNothing(page);
  for (const damage of damages) {
    const { name, shown } = damage;
    const putBack = await inflict(desk.house, damage);
    await reconcile(page, shown.length);
    await expect.poll(() => listed(page), { ...patient, message: name }).toEqual(shown);
    expect(await measured(), name).toBe(shown.length);
    await repair(damage, putBack);
    await expectNothing(page);
  }
  // All of it stays on record, and the books are whole.
  const [runs] = await desk.house.sql<{ runs: number }>(
    "select count(*)::integer as runs from ops.reconciliation_run where drift_found > 0",
  );
  expect(runs?.runs).toBe(damages.length);
  await runbook("npm run reconcile\nnpm run verify");
});
