import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { send } from "../api/support/floor.ts";
import { newKey } from "../api/support/house.ts";
import { holdBack, openDesk } from "./support/client.ts";
import { newPlayer } from "./support/players.ts";

const desk = openDesk();

/** Goes to an address as the client does itself, without loading anything anew. */
async function goWithin(page: Page, path: string): Promise<void> {
  await page.evaluate((to) => {
    history.pushState(null, "", to);
    dispatchEvent(new PopStateEvent("popstate", { state: null }));
  }, path);
}

interface Named {
  readonly path: string;
  /** What its page says that no other one's says. */
  readonly name: string;
  readonly id: string;
}

/** From one to the other on a slow line: neither the heading nor an action of the first is left. */
async function follows(page: Page, operationName: string, from: Named, to: Named, action: RegExp): Promise<void> {
  await page.goto(from.path);
  await page.getByText(from.name).first().waitFor();
  await page.getByRole("button", { name: action }).first().waitFor();
  const line = await holdBack(page, operationName, to.id);
  await goWithin(page, to.path);
  await page.locator("[aria-busy=true]").first().waitFor();
  expect(await page.getByText(from.name).count(), "who was shown before").toBe(0);
  expect(await page.getByRole("button", { name: action }).count(), "what would be done to them").toBe(0);
  line.release();
  await page.getByText(to.name).first().waitFor();
  await page.getByRole("button", { name: action }).first().waitFor();
}

async function twoPlayers(at: (playerId: string) => string): Promise<[Named, Named]> {
  const boss = await desk.house.as("pit_boss");
  const named = async (first: string) => {
    const { playerId, name } = await newPlayer(boss, first);
    return { path: at(playerId), name, id: playerId };
  };
  return [await named("Ada"), await named("Grace")];
}

test("a player's page shows the player of its address, whoever was shown before", async () => {
  const [ada, grace] = await twoPlayers((playerId) => `/players/${playerId}`);
  const page = await desk.sitDown("pit_boss");
  await follows(page, "Player", ada, grace, /^Give a reward/);

  // As one goes there most often: with a few letters.
  const line = await holdBack(page, "Player", ada.id);
  await page.goto(grace.path);
  await page.getByRole("heading", { level: 1, name: grace.name }).waitFor();
  await page.keyboard.press("Control+K");
  await page.getByRole("dialog").locator("input:focus").waitFor();
  await page.keyboard.type(ada.name);
  await page.getByRole("dialog").getByRole("option", { name: ada.name }).waitFor();
  await page.keyboard.press("Enter");
  await page.waitForURL(`**${ada.path}`);
  expect(await page.getByRole("heading", { name: grace.name }).count()).toBe(0);
  line.release();
  await page.getByRole("heading", { level: 1, name: ada.name }).waitFor();
});

test("a statement is of the player and of the period that the address names", async () => {
  const [ada, grace] = await twoPlayers((playerId) => `/players/${playerId}/statement`);
  const boss = await desk.house.as("pit_boss");
  const gift = { playerId: ada.id, points: "120", reason: "A birthday", idempotencyKey: newKey() };
  await send(boss, "manualReward", gift);
  const page = await desk.sitDown("auditor");
  await follows(page, "PlayerStatement", grace, ada, /^Print/);

  await page.getByRole("cell", { name: "+120" }).waitFor();
  const line = await holdBack(page, "PlayerStatement", "2026-01-31");
  await goWithin(page, `${ada.path}?from=2026-01-01&to=2026-01-31`);
  await page.locator("[aria-busy=true]").first().waitFor();
  expect(await page.getByRole("cell", { name: "+120" }).count(), "a line of another period").toBe(0);
  expect(await page.getByRole("button", { name: "Print" }).count(), "nothing to print").toBe(0);
  line.release();
  await page.getByText("There are no entries in this period.").waitFor();
});

test("a draft of rules is the one that the address names", async () => {
  const marketing = await desk.house.as("marketing");
  const draft = async (note: string): Promise<Named> => {
    const { loyaltyDraft } = await send<{ loyaltyDraft: { loyaltyDraftId: string } }>(marketing, "draftRules", {
      note,
      policy: { name: note },
      idempotencyKey: newKey(),
    });
    const id = loyaltyDraft.loyaltyDraftId;
    return { path: `/rules/drafts/${id}`, name: note, id };
  };
  // Its author isn't offered to publish it.
  const page = await desk.sitDown(await desk.house.hire("marketing"));
  await follows(page, "RulesDraft", await draft("Summer evenings"), await draft("Winter mornings"), /^Publish/);
});

test("a person's account is the one that the address names", async () => {
  const person = async (): Promise<Named> => {
    const { me } = await (await desk.house.hire("cashier")).get<{ me: { staffId: string; displayName: string } }>(
      "{ me { staffId displayName } }",
    );
    return { path: `/staff/${me.staffId}`, name: me.displayName, id: me.staffId };
  };
  const page = await desk.sitDown("admin");
  await follows(page, "StaffPerson", await person(), await person(), /^Deactivate/);
});
