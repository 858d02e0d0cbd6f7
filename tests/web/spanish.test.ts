import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { complete, nextSeat, playFor } from "../api/support/floor.ts";
import { type Person, password } from "../api/support/house.ts";
import { check } from "./support/axe.ts";
import { recordCash } from "./support/cash.ts";
import { drawer, freeSeat, openDesk, slipOf } from "./support/client.ts";
import { reportableCash } from "./support/compliance.ts";
import { expectNoEnglish } from "./support/english.ts";
import { newPlayer, seatedPlayer } from "./support/players.ts";

const desk = openDesk();

test("Spanish is chosen before signing in, stays on the device, and refusals are in it too", async () => {
  const page = await desk.visit();
  await page.goto("/");
  await page.getByRole("button", { name: "Sign in" }).waitFor();
  await expect(expectNoEnglish(page, "English is found where it is"), "what looks for it").rejects.toThrow(
    "Sign in · PitLedger",
  );
  await page.getByLabel("Property code").fill("ONE");
  const toggle = page.getByRole("button", { name: "Language: English. Switch to Español" });
  await toggle.press("Enter");
  await page.getByRole("button", { name: "Iniciar sesión" }).waitFor();
  expect(await page.locator("html").getAttribute("lang")).toBe("es");
  const back = page.getByRole("button", { name: "Idioma: Español. Cambiar a English" });
  expect(await back.evaluate((button) => button === document.activeElement), "the focus stays").toBe(true);
  await expectNoEnglish(page, "signing in");
  await check(page, "signing in");

  expect(await page.getByLabel("Código de la propiedad").inputValue(), "what was typed stays").toBe("ONE");
  await page.getByLabel("Usuario").fill("floor_supervisor");
  await page.getByLabel("Contraseña", { exact: true }).fill("wrong");
  await page.getByRole("button", { name: "Iniciar sesión" }).click();
  await page.getByText("El código de la propiedad, el usuario y la contraseña no coinciden.").waitFor();
  await expectNoEnglish(page, "refused");

  await page.getByLabel("Contraseña", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Iniciar sesión" }).click();
  await page.getByRole("heading", { name: "Tablero del foso" }).waitFor();
  await page.reload();
  await page.getByRole("heading", { name: "Tablero del foso" }).waitFor();
  await page.getByRole("button", { name: "Idioma: Español. Cambiar a English" }).click();
  await page.getByRole("heading", { name: "Pit board" }).waitFor();
  expect(await page.locator("html").getAttribute("lang")).toBe("en");
});

test("a browser that prefers Spanish gets it", async () => {
  const page = await desk.visit({ locale: "es-MX" });
  await page.goto("/");
  await page.getByRole("button", { name: "Iniciar sesión" }).waitFor();
  expect(await page.evaluate(() => document.documentElement.lang)).toBe("es");
});

test("from the board over the slip to the player no English is left, and dates are Spanish", {
  timeout: 300_000,
}, async () => {
  const boss = await desk.house.as("pit_boss");
  await seatedPlayer(boss, "BJ-01", 5, 30);
  const player = await newPlayer(boss, "Inés");
  const page = await desk.sitDown("pit_boss");
  await page.addInitScript(() => localStorage.setItem("pitledger.language", "es"));
  await page.goto("/board");
  await page.getByRole("heading", { name: "Tablero del foso" }).waitFor();
  await page.getByText("En vivo").waitFor();
  await expectNoEnglish(page, "board");
  await check(page, "board");

  await freeSeat(page, "BJ-01", 3).click();
  const panel = drawer(page);
  await panel.getByRole("searchbox", { name: "Jugador" }).fill(player.lastName);
  await panel.getByRole("option", { name: player.lastName }).click();
  await panel.getByRole("textbox", { name: "Apuesta promedio" }).fill("1,250.50");
  await expectNoEnglish(page, "starting a slip");
  await panel.getByRole("button", { name: "Abrir hoja" }).click();
  await panel.getByRole("heading", { name: player.name }).waitFor();
  await slipOf(page, player.name).getByText("apuesta $1,250.50", { exact: true }).waitFor();
  await panel.getByRole("button", { name: "Pausar" }).click();
  await panel.getByRole("button", { name: "Reanudar" }).waitFor();
  await expectNoEnglish(page, "slip");
  await check(page, "slip");

  await page.route("**/graphql", (route) =>
    route.request().postDataJSON()?.operationName === "ResumeRatingSlip"
      ? route.fulfill({ json: refused("SEAT_OCCUPIED", "Seat 3 at table BJ-01 is taken.", "Choose a free seat.") })
      : route.fallback(),
  );
  await panel.getByRole("button", { name: "Reanudar" }).click();
  await panel.getByText("El asiento 3 de la mesa BJ-01 está ocupado.").waitFor();
  await expectNoEnglish(page, "refused");
  await page.unroute("**/graphql");

  await panel.getByRole("button", { name: "Dar una recompensa" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("textbox", { name: "Puntos" }).fill("1500");
  await dialog.getByRole("textbox", { name: "Motivo" }).fill("Espera larga en la mesa");
  await expectNoEnglish(page, "reward");
  await dialog.getByRole("button", { name: /^(Dar|Solicitar) la recompensa$/ }).click();
  await dialog.getByRole("button", { name: "Listo" }).waitFor();
  await expectNoEnglish(page, "reward given");
  await dialog.getByRole("button", { name: "Listo" }).click();
  await panel.getByRole("button", { name: "Cerrar la hoja" }).click();
  await panel.getByRole("button", { name: "Cerrar", exact: true }).click();
  await panel.getByRole("link", { name: "Página del jugador" }).waitFor();
  await expectNoEnglish(page, "completed");

  await panel.getByRole("link", { name: "Página del jugador" }).click();
  await page.getByRole("heading", { name: "Libro de puntos" }).waitFor();
  await page
    .getByRole("cell", { name: /Bonificación manual|Juego/ })
    .first()
    .waitFor();
  await expectNoEnglish(page, "player");
  await check(page, "player");
  const born = await page.getByText(/^\d{1,2} (de )?\p{Ll}{3,}\.? (de )?\d{4}$/u).count();
  expect(born, "a date of birth as Spanish writes it").toBeGreaterThan(0);

  await page.getByRole("link", { name: "Estado de cuenta" }).click();
  await page.getByRole("heading", { name: "Estado de cuenta de puntos" }).waitFor();
  await expectNoEnglish(page, "statement");
  await check(page, "statement");
});

test("a sentence that ends with a time ends with one full stop", async () => {
  const boss = await desk.house.as("pit_boss");
  const slip = await playFor(60, boss, await nextSeat(boss, boss));
  await complete(boss, slip.ratingSlipId);
  const page = await inSpanish("pit_boss");
  await page.goto(`/players/${slip.playerId}`);
  await page.getByRole("button", { name: "Explicar el asiento 1" }).click();
  await page.getByText(/por el juego del .+ al .+\d [ap]\.\s?m\. \p{Lu}/u).waitFor();
  await expectNoEnglish(page, "explanation");
});

test("cash, its log, cases and alerts are Spanish", { timeout: 300_000 }, async () => {
  const officer = await desk.house.as("compliance_officer");
  const boss = await desk.house.as("pit_boss");
  const player = await newPlayer(boss, "Luz");
  const { caseId, patronId, gamingDay } = await reportableCash(officer, { playerId: player.playerId });
  const buyer = await newPlayer(boss, "Rosa");
  await recordCash(officer, { playerId: buyer.playerId, amount: "8000" });
  await officer.get("mutation { evaluateAlerts(input: {}) { clientMutationId } }");

  const page = await inSpanish("compliance_officer");
  await page.goto(`/compliance/patrons/${patronId}?day=${gamingDay}`);
  await page.getByRole("heading", { name: "Cumplimiento", level: 1 }).waitFor();
  await page.getByRole("complementary").getByText("Compra de fichas").waitFor();
  await inOrder(page, "compliance");
  await page.goto(`/compliance/cases/${caseId}`);
  await page.getByRole("button", { name: "Anotarla" }).click();
  await page.getByRole("textbox", { name: "Apellido" }).fill("Inventada");
  await inOrder(page, "case");
  await page.getByRole("button", { name: "Preparar" }).click();
  await page.getByText(/^La identificación está incompleta. Falta: Apellido, /).waitFor();
  await page.getByRole("button", { name: "Guardar" }).click();
  await page.getByText("Aún falta:").waitFor();
  await expectNoEnglish(page, "identification");
  await page.goto("/alerts");
  await page.getByRole("article", { name: `Fichas compradas, casi sin jugar, ${buyer.name}` }).waitFor();
  await inOrder(page, "alerts");
  await page.getByRole("button", { name: "Resolver" }).first().click();
  await inOrder(page, "resolving");

  await page.goto("/cash/new");
  await page.getByRole("searchbox", { name: "Cliente" }).fill(buyer.name);
  await page.getByRole("option", { name: buyer.name }).first().waitFor();
  await page.keyboard.press("Enter");
  await page.getByRole("option", { name: "Cambio de efectivo" }).click();
  await page.getByRole("textbox", { name: "Monto en dólares estadounidenses" }).fill("4000");
  await inOrder(page, "cash entry");
  await page.getByRole("button", { name: "Registrar $4,000.00 de entrada" }).click();
  await page.getByText(`Registrados $4,000.00 en efectivo de entrada de ${buyer.name}.`).waitFor();
  await page.getByRole("button", { name: "Anotarla" }).click();
  await inOrder(page, "identification dialog");
  await page.goto("/cash/log");
  await page.getByRole("row", { name: buyer.name }).first().click();
  await page.getByRole("complementary").getByText("Cambio de efectivo").waitFor();
  await inOrder(page, "cash log");
});

test("approvals, promotions, rules, liability and verification are Spanish", { timeout: 300_000 }, async () => {
  const page = await inSpanish("marketing");
  for (const [path, heading] of [
    ["/approvals", "Aprobaciones"],
    ["/promotions", "Promociones"],
    ["/rules", "Reglas"],
    ["/rules/new", "Borrador nuevo"],
    ["/liability", "Pasivo"],
  ] as const) {
    await page.goto(path);
    await page.getByRole("heading", { name: heading, level: 1 }).waitFor();
    await page.waitForFunction(() => !document.querySelector("[aria-busy=true]"));
    await inOrder(page, path);
  }
  await page.goto("/rules/new");
  await page.getByLabel("Factor por volumen").fill("1.3");
  await page.getByRole("textbox", { name: "Por qué" }).fill("Una noche más viva");
  await page.getByRole("button", { name: "Guardar el borrador" }).click();
  await page.getByRole("heading", { name: "Una noche más viva" }).waitFor();
  await page.getByText(/^Los días de juego del .* habrían costado /).waitFor();
  await inOrder(page, "draft");
  await page.goto("/promotions");
  await page.getByRole("button", { name: "Promoción nueva" }).first().click();
  await inOrder(page, "new promotion");

  const auditor = await inSpanish("auditor");
  await auditor.goto("/verification");
  await auditor.getByRole("button", { name: "Verificar el libro" }).click();
  await auditor.getByText("El libro está intacto.").waitFor();
  await inOrder(auditor, "verification");
});

async function inSpanish(who: Person): Promise<Page> {
  const page = await desk.sitDown(who);
  await page.addInitScript(() => localStorage.setItem("pitledger.language", "es"));
  return page;
}

async function inOrder(page: Page, where: string): Promise<void> {
  await expectNoEnglish(page, where);
  await check(page, where);
}

function refused(code: string, message: string, hint: string) {
  return { data: null, errors: [{ message, extensions: { code, hint, correlationId: "00000000" } }] };
}
