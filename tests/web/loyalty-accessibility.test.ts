import { describe, test } from "vitest";
import { send } from "../api/support/floor.ts";
import { newKey } from "../api/support/house.ts";
import { check } from "./support/axe.ts";
import { openDesk, type Theme } from "./support/client.ts";
import { newPlayer, seatedPlayer } from "./support/players.ts";

const desk = openDesk();

describe.each<Theme>(["dark", "light"])("in the %s theme axe finds nothing", (theme) => {
  const casino = theme === "dark" ? "ONE" : "TWO";

  test("on approvals and their dialogs", async () => {
    const player = await newPlayer(await desk.house.as("pit_boss", casino));
    const page = await desk.sitDown("marketing", { casino, theme });
    await page.goto("/approvals?show=decided");
    await page.getByText("Nothing was decided yet").waitFor();
    await check(page, "nothing decided");
    await page.goto(`/players/${player.playerId}`);
    await page.getByRole("button", { name: "Adjust" }).click();
    await page.getByLabel("Points", { exact: true }).fill("12");
    await check(page, "adjust dialog");
    await page.getByRole("textbox", { name: "Reason" }).fill("Counted twice");
    await page.getByRole("button", { name: "Request the adjustment" }).click();
    await page.getByText("Sent for approval.").waitFor();
    await page.goto("/approvals");
    await page.getByText("Somebody else decides about what you asked for.").waitFor();
    await check(page, "asked by oneself");
    const other = await desk.sitDown("pit_boss", { casino, theme });
    await other.goto("/approvals");
    await other.getByRole("button", { name: "Decline" }).click();
    await check(other, "decline dialog");
    await other.keyboard.press("Escape");
    await check(other, "waiting");
    await other.getByRole("button", { name: "Approve" }).click();
    const dialog = other.getByRole("dialog");
    await dialog.getByRole("button", { name: "Approve" }).waitFor();
    const third = await desk.house.hire("pit_boss", casino);
    const { approvals } = await third.get<{ approvals: { nodes: { rewardRequestId: string }[] } }>(
      '{ approvals(first: 1, filter: { status: { equalTo: "pending" } }) { nodes { rewardRequestId } } }',
    );
    await send(third, "declineReward", { requestId: approvals.nodes[0]?.rewardRequestId, reason: "Counted once" });
    await dialog.getByRole("button", { name: "Approve" }).click();
    await dialog.getByRole("alert").waitFor();
    await check(other, "refused");
    const cashier = await desk.sitDown("cashier", { casino, theme });
    await cashier.goto("/approvals");
    await cashier.getByText("Not for your role").waitFor();
    await check(cashier, "not for a cashier");
  });

  test("on rules, a new draft and its page", async () => {
    const page = await desk.sitDown("marketing", { casino, theme });
    await page.goto("/rules");
    await page.getByRole("region", { name: "Policy in force" }).waitFor();
    await check(page, "rules");
    await page.getByRole("link", { name: "New draft" }).click();
    await page.getByLabel("Volume factor").fill("1.2");
    await page.getByRole("group", { name: "Tier 2" }).getByLabel("Factor").fill("1.3");
    await page.getByRole("textbox", { name: "Why" }).fill("A livelier evening");
    await check(page, "form");
    await page.getByRole("button", { name: "Save the draft" }).click();
    await page.getByText("No slip was closed in these gaming days.").waitFor();
    await check(page, "draft, as its author sees it");
    const other = await desk.sitDown(await desk.house.hire("marketing", casino), { theme });
    await other.goto(new URL(page.url()).pathname);
    await other.getByRole("button", { name: "Publish" }).click();
    await other.getByRole("dialog").waitFor();
    await check(other, "publish dialog");
    await page.goto("/rules/drafts/abc");
    await page.getByText("There is no such draft").waitFor();
    await check(page, "no such draft");
  });

  test("on promotions", async () => {
    const page = await desk.sitDown("marketing", { casino, theme });
    await page.goto("/promotions");
    await page.getByText("No promotion yet").waitFor();
    await check(page, "no promotion");
    await page.getByRole("button", { name: "New promotion" }).click();
    await page.getByRole("dialog").getByText("Bronze", { exact: true }).click();
    await check(page, "new promotion");
    await page.keyboard.press("Escape");
    await (await desk.house.as("marketing", casino)).get(
      `mutation ($input: CreatePromotionInput!) { createPromotion(input: $input) { clientMutationId } }`,
      {
        input: {
          name: "Double points",
          startsAt: "2026-01-01T00:00:00Z",
          endsAt: "2041-01-01T00:00:00Z",
          multiplier: "2",
          budget: "1000",
          idempotencyKey: newKey(),
        },
      },
    );
    await page.reload();
    await page.getByRole("article", { name: "Double points" }).waitFor();
    await check(page, "promotions");
    await page.getByRole("button", { name: "Discard" }).click();
    await check(page, "discard dialog");
  });

  test("on the liability, as charts and as tables", async () => {
    const boss = await desk.house.hire("pit_boss", casino);
    const { playerId } = await newPlayer(boss);
    await send(boss, "manualReward", { playerId, points: "900", reason: "For the chart", idempotencyKey: newKey() });
    const page = await desk.sitDown("auditor", { casino, theme });
    await page.goto("/liability");
    await page.locator(".recharts-surface").nth(1).waitFor();
    await check(page, "charts");
    await page.getByRole("radio", { name: "Table" }).first().click();
    await page.getByRole("radio", { name: "Table" }).nth(1).click();
    await check(page, "tables");
  });

  test("on an explanation, a statement and the verification", async () => {
    const boss = await desk.house.hire("pit_boss", casino);
    const { playerId } = await seatedPlayer(boss, "BJ-03", 1, 12);
    await send(boss, "manualReward", { playerId, points: "900", reason: "A long wait", idempotencyKey: newKey() });
    const page = await desk.sitDown("auditor", { casino, theme });
    await page.goto(`/players/${playerId}`);
    await page.getByRole("button", { name: "Explain entry 1" }).click();
    await page.getByRole("region", { name: "Step by step" }).waitFor();
    await check(page, "explanation");
    await page.goto(`/players/${playerId}/statement`);
    await page.getByRole("row", { name: /\+900/ }).waitFor();
    await check(page, "statement");
    await page.goto("/verification");
    await page.getByText("Nothing is sealed yet").waitFor();
    await page.getByRole("button", { name: "Verify the ledger" }).click();
    await page.getByText("The ledger is intact.").waitFor();
    await page.getByRole("button", { name: "Verify the seals" }).click();
    await page.getByText("The seals hold.").waitFor();
    await check(page, "verified");
  });
});
