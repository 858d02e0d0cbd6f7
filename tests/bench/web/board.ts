import { randomUUID } from "node:crypto";
import { send } from "../../api/support/floor.ts";
import { floor } from "./budgets.ts";
import { type Figure, median, percentile, within } from "./figures.ts";
import { type Ground, vitalsOf } from "./house.ts";

/**
 * The board, open while somebody else changes bets all over the floor: how long the page is busy
 * at a time, and whether it keeps up with what happens.
 */
export async function measureBoard(ground: Ground, runs: number, seconds: number): Promise<Figure[]> {
  const taken: Watch[] = [];
  for (let run = 0; run < runs; run++) taken.push(await watch(ground, run, seconds));
  const events = median(taken.map((each) => each.events));
  if (events < floor.changesPerSecond * 0.9) {
    throw new Error(
      `Only ${events.toFixed(1)} changes a second reached the board: this machine is too busy to measure.`,
    );
  }
  return [
    { name: "pit board: slips on it", value: floor.slips, unit: "" },
    { name: "pit board: changes a second that reached it", value: events, unit: "" },
    {
      name: "pit board: from the last change to its being shown",
      value: median(taken.map((each) => each.behind)),
      unit: "ms",
    },
    {
      name: "pit board: 95 % of its long tasks take at most",
      value:
        percentile(
          taken.flatMap((each) => each.tasks),
          0.95,
        ) || 0,
      unit: "ms",
    },
    within("task", "pit board: longest task while it changes", median(taken.map((each) => Math.max(0, ...each.tasks)))),
  ];
}

interface Watch {
  readonly tasks: readonly number[];
  readonly events: number;
  readonly behind: number;
}

async function watch(ground: Ground, run: number, seconds: number): Promise<Watch> {
  const { page, devtools, close } = await ground.visit(await ground.house.as("floor_supervisor"));
  try {
    let events = 0;
    await devtools.send("Network.enable");
    devtools.on("Network.webSocketFrameReceived", ({ response }) => {
      if (response.payloadData.includes("pitBoardChanged")) events += 1;
    });
    await page.goto("/board");
    await page
      .locator("[data-slip]")
      .nth(floor.slips - 1)
      .waitFor();
    await page.waitForTimeout(5_000); // Loading ahead is over, too.
    const began = await page.evaluate<number>("performance.now()");
    events = 0;
    const last = await changeBets(ground, run, seconds);
    const received = events / seconds;
    const sentAt = performance.now();
    await page.locator(`[data-slip="${last.ratingSlipId}"]`, { hasText: last.shown }).waitFor();
    const behind = performance.now() - sentAt;
    const { tasks } = await vitalsOf(page);
    return { tasks: tasks.filter(({ at }) => at >= began).map(({ took }) => took), events: received, behind };
  } finally {
    await close();
  }
}

/** A change every tenth of a second; the last one is told, to be looked for. */
async function changeBets({ boss, running }: Ground, run: number, seconds: number) {
  const began = performance.now();
  const sent: Promise<unknown>[] = [];
  let last = { ratingSlipId: "", shown: "" };
  for (let count = 0; count < seconds * floor.changesPerSecond; count++) {
    const due = began + (count * 1_000) / floor.changesPerSecond;
    await new Promise((resolve) => setTimeout(resolve, Math.max(0, due - performance.now())));
    const { ratingSlipId } = running[(count * 37) % running.length] ?? { ratingSlipId: "" };
    const bet = 1_000 + run * 1_000 + count;
    last = { ratingSlipId, shown: `$${bet.toLocaleString("en-US")}` };
    sent.push(send(boss, "recordBet", { ratingSlipId, averageBet: String(bet), idempotencyKey: randomUUID() }));
  }
  await Promise.all(sent);
  return last;
}
