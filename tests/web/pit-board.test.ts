import { expect, test } from "vitest";
import { ago, send } from "../api/support/floor.ts";
import { newKey } from "../api/support/house.ts";
import { check } from "./support/axe.ts";
import { openDesk, slipOf, type Theme } from "./support/client.ts";
import { seatedPlayer } from "./support/players.ts";

const desk = openDesk();

test("seats, tables and pits tell what is played, and what needs attention says so in words", async () => {
  const boss = await desk.house.as("pit_boss");
  const player = await seatedPlayer(boss, "BJ-01", 1, 60);
  const long = await seatedPlayer(boss, "BJ-01", 2, 600);
  const away = await seatedPlayer(boss, "BJ-02", 1, 90);
  const [slip] = await desk.house.sql<{ rating_slip_id: string }>(
    "select rating_slip_id from floor.rating_slip where player_id = $1",
    [away.playerId],
  );
  await send(boss, "pauseRatingSlip", {
    ratingSlipId: slip?.rating_slip_id,
    idempotencyKey: newKey(),
    occurredAt: ago(80),
  });

  for (const theme of ["dark", "light"] satisfies Theme[]) {
    const page = await desk.sitDown("floor_supervisor", { theme });
    await page.goto("/board");
    const figures = /average bet so far\s+\$100\s*theo win\s*theoretical win so far\s+\$1[67]\d\.\d\d/;
    await slipOf(page, player.name).filter({ hasText: figures }).waitFor();
    await slipOf(page, long.name).getByText("Long slip").waitFor();
    await slipOf(page, away.name).getByText("Long pause").waitFor();
    await page.getByRole("article", { name: "Table BJ-01" }).getByText("2 of 7 seats", { exact: true }).waitFor();
    const pit = page.getByRole("region").filter({ has: page.getByRole("article", { name: "Table BJ-01" }) });
    expect(await pit.innerText()).toMatch(/3 of \d+ seats taken\s+3 open slips\s+Theoretical win so far \$\d/);
    await check(page, `the board in the ${theme} theme`);
  }
});

test("slips are counted from the seats, and not when the figures come the next time", async () => {
  const boss = await desk.house.as("pit_boss");
  const page = await desk.sitDown("floor_supervisor");
  let answers = 0;
  await page.route("**/graphql", (route) =>
    route.request().postDataJSON()?.operationName === "RunningPlay" && answers++ > 0 ? route.abort() : route.fallback(),
  );
  await page.goto("/board");
  const pit = page.getByRole("region").filter({ has: page.getByRole("article", { name: "Table BJ-03" }) });
  const counted = /(\d+) of \d+ seats taken\s+(\d+) open slips?/;
  const count = async () =>
    counted
      .exec(await pit.innerText())
      ?.slice(1, 3)
      .map(Number);
  await expect.poll(count, { timeout: 15_000 }).toEqual([expect.any(Number), expect.any(Number)]);
  const [before = 0] = (await count()) ?? [];
  await seatedPlayer(boss, "BJ-03", 7, 5);
  await expect.poll(count, { timeout: 5_000 }).toEqual([before + 1, before + 1]);
});

test("what needs attention can be had alone, by keyboard and by address, until nothing does", async () => {
  const boss = await desk.house.as("pit_boss");
  const fresh = await seatedPlayer(boss, "BJ-03", 1, 5);
  const long = await seatedPlayer(boss, "BJ-02", 2, 600);
  const page = await desk.sitDown("floor_supervisor");
  await page.goto("/board");
  const toggle = page.getByRole("button", { name: /^\d+ Need attention$/ });
  await toggle.press("Space");
  await slipOf(page, long.name).waitFor();
  await expect.poll(() => slipOf(page, fresh.name).count()).toBe(0);
  expect(await toggle.getAttribute("aria-pressed")).toBe("true");
  await check(page, "the board of what needs attention");

  const known = Promise.withResolvers<void>();
  await page.route("**/graphql", async (route) => {
    if (route.request().postDataJSON()?.operationName === "RunningPlay") await known.promise;
    await route.fallback();
  });
  await page.reload();
  await slipOf(page, fresh.name).waitFor(); // It isn't known yet what needs attention.
  known.resolve();
  await slipOf(page, long.name).getByText("Long slip").waitFor();
  await slipOf(page, fresh.name).waitFor({ state: "detached" });
  expect(await slipOf(page, fresh.name).count()).toBe(0);
  const running = await desk.house.sql<{ rating_slip_id: string }>(
    "select rating_slip_id from floor.rating_slip where state <> 'closed' and player_id <> $1",
    [fresh.playerId],
  );
  for (const { rating_slip_id: ratingSlipId } of running) {
    await send(boss, "completeRatingSlip", { ratingSlipId });
  }
  await page.getByText("Nothing needs attention").waitFor();
  await check(page, "the board when nothing needs attention");
  await toggle.click();
  await slipOf(page, fresh.name).waitFor();
});

test("who may not rate sees the board without what it amounts to", async () => {
  const page = await desk.sitDown("cashier");
  const asked: string[] = [];
  page.on("request", (request) => {
    if (request.url().endsWith("/graphql")) asked.push(request.postDataJSON()?.operationName);
  });
  await page.goto("/board");
  await page.getByRole("article", { name: "Table BJ-01" }).getByText("0 of 7 seats", { exact: true }).waitFor();
  await page.mouse.move(40, 400);
  expect(await page.getByText("theoretical win so far").count()).toBe(0);
  expect(asked).toContain("PitBoard");
  expect(asked).not.toContain("RunningPlay");
});
