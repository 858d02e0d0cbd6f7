import { randomUUID } from "node:crypto";
import type { Page } from "playwright-core";
import { describe, test } from "vitest";
import { complete, documents, nextSeat, playFor, reason, reward } from "../api/support/floor.ts";
import { newKey } from "../api/support/house.ts";
import { check } from "./support/axe.ts";
import { openDesk, type Theme } from "./support/client.ts";
import { expectNoEnglish } from "./support/english.ts";
import { stageExport } from "./support/legacy.ts";
import { type Named, newPlayer } from "./support/players.ts";

const desk = openDesk();

/** A property where something is to be seen everywhere. */
async function prepare(casino: string): Promise<Named> {
  await desk.house.load(casino, { policy: undefined });
  const boss = await desk.house.as("pit_boss", casino);
  const slip = await playFor(60, boss, await nextSeat(boss, boss));
  await complete(boss, slip.ratingSlipId);
  await desk.house.load(casino);
  const player = await newPlayer(boss);
  await reward(boss, player.playerId);
  await damage(player);
  await boss.ask(documents.manualReward, {
    input: { playerId: player.playerId, points: "999999", reason, idempotencyKey: newKey() },
  });
  const card = `A${randomUUID().slice(0, 8)}`;
  await stageExport(desk.house, casino, "/srv/export", {
    players: [`${card},Ida,Import,1970-01-01,2024-01-01T00:00:00Z`],
    history: [`${card}-1,${card},CREDIT,many,Brunch,,2024-02-04T00:00:00Z`],
    balances: [`${card},450,500`],
  });
  return player;
}

function damage({ playerId }: Named) {
  return desk.house.sql("update loyalty.player_loyalty set current_balance = 7 where player_id = $1", [playerId]);
}

type Look = (page: Page, where: string) => Promise<void>;

describe.each<Theme>(["dark", "light"])("in the %s theme axe finds nothing", (theme) => {
  const casino = theme === "dark" ? "DARK" : "PALE";

  test("in any panel or dialog of the operations screen", { timeout: 300_000 }, async () => {
    const player = await prepare(casino);
    const page = await desk.sitDown("admin", { casino, theme });
    await walk(page, player, check, {
      nothing: "Nothing was reconciled yet",
      reconcile: "Reconcile now",
      repair: "Repair",
      look: "Look what would change",
      repaired: "1 difference is repaired.",
      agree: "Balances, chains and cash totals agree with their entries.",
      job: "Waiting",
      correct: /^Correct /,
      rollBack: "Roll back",
      refused: /Refused/,
      show: "Show",
      follow: "Follow the request",
      trace: "What the request wrote",
      none: "Nothing on record fits",
    });
    await page.route("**/graphql", (route) => route.abort());
    await page.getByLabel("Correlation id", { exact: true }).fill(randomUUID());
    await page.getByText("The server can't be reached.").first().waitFor();
    await check(page, "error");
    const boss = await desk.sitDown("pit_boss", { casino, theme });
    await boss.goto("/operations");
    await boss.getByText("Not for your role").waitFor();
    await check(boss, "not for a pit boss");
  });
});

test("in Spanish no English is left on the operations screen", { timeout: 300_000 }, async () => {
  const player = await prepare("ESPA");
  const page = await desk.sitDown("admin", { casino: "ESPA" });
  await page.addInitScript(() => localStorage.setItem("pitledger.language", "es"));
  await walk(page, player, expectNoEnglish, {
    nothing: "Aún no se ha conciliado nada",
    reconcile: "Conciliar ahora",
    repair: "Reparar",
    look: "Ver qué cambiaría",
    repaired: "Se reparó 1 diferencia.",
    agree: "Los saldos, las cadenas y los totales de efectivo coinciden con sus asientos.",
    job: "En espera",
    correct: /^Corregir /,
    rollBack: "Revertir",
    refused: /Rechazado/,
    show: "Mostrar",
    follow: "Seguir la solicitud",
    trace: "Lo que escribió la solicitud",
    none: "No hay nada registrado que coincida",
  });
});

interface Said {
  nothing: string;
  reconcile: string;
  repair: string;
  look: string;
  repaired: string;
  agree: string;
  job: string;
  correct: RegExp;
  rollBack: string;
  refused: RegExp;
  show: string;
  follow: string;
  trace: string;
  none: string;
}

/** Through every panel and dialog, looking at each. */
async function walk(page: Page, player: Named, look: Look, said: Said): Promise<void> {
  const dialog = page.getByRole("dialog");
  await page.goto("/operations");
  await page.getByText(said.nothing).waitFor();
  await look(page, "nothing reconciled");
  await page.getByRole("button", { name: said.reconcile }).click();
  await page.getByRole("row", { name: player.name }).waitFor();
  await look(page, "a difference");
  await page.getByRole("button", { name: said.repair }).click();
  await look(page, "before the look");
  await dialog.getByRole("button", { name: said.look }).click();
  await dialog.getByRole("row", { name: player.name }).waitFor();
  await look(page, "what would be repaired");
  await dialog.getByRole("button", { name: said.repair, exact: true }).click();
  await dialog.getByText(said.repaired).waitFor();
  await look(page, "repaired");
  await dialog.getByRole("button", { name: said.reconcile }).click();
  await page.getByText(said.agree).waitFor();
  await look(page, "everything agrees");

  await page.goto("/operations?view=seals");
  await page.getByRole("heading", { level: 2 }).nth(1).waitFor();
  await look(page, "seals");
  await page.goto("/operations?view=jobs");
  await page.getByText(said.job, { exact: true }).first().waitFor();
  await look(page, "jobs");

  await page.goto("/operations?view=imports");
  await page.getByRole("button", { name: said.correct }).waitFor();
  await look(page, "imports");
  await page.getByRole("button", { name: said.correct }).click();
  await dialog.waitFor();
  await look(page, "correcting a row");
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: said.rollBack }).click();
  await dialog.waitFor();
  await look(page, "rolling back");
  await page.keyboard.press("Escape");

  await page.goto("/operations?view=audit");
  const line = page.getByRole("row", { name: said.refused }).first();
  await line.waitFor();
  await look(page, "audit log");
  await line.getByRole("button", { name: said.show }).click();
  await look(page, "a line of the log");
  await dialog.getByRole("link", { name: said.follow }).click();
  await page.getByRole("heading", { name: said.trace }).waitFor();
  await page.getByText("REWARD_EXCEEDS_LIMIT").first().waitFor();
  await look(page, "a request");
  await page.goto(`/operations?view=audit&player=${player.playerId}&until=2020-01-01T00:00`);
  await page.getByText(said.none).waitFor();
  await look(page, "nothing on record");
}
