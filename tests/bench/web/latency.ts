import type { Page } from "playwright-core";
import { type Figure, percentile, within } from "./figures.ts";
import type { Ground, Running } from "./house.ts";

/** So many rewards of one person stay within the policy's ten a minute. */
const rewardsEach = 8;

/** From the click to the confirmed balance, over so many rewards and then as many completions. */
export async function measureLatency(ground: Ground, count: number): Promise<Figure[]> {
  const rewards = await perPerson(ground, ground.running.slice(0, count), rewardsEach, giveReward);
  const completions = await perPerson(ground, ground.running.slice(0, count), 50, completeSlip);
  return [...summary("reward", rewards), ...summary("completion", completions)];
}

function summary(name: string, taken: readonly number[]): Figure[] {
  return [
    { name: `${name}s measured`, value: taken.length, unit: "" },
    { name: `${name}: click to balance, median`, value: percentile(taken, 0.5), unit: "ms" },
    within("confirmed", `${name}: click to balance, 95th percentile`, percentile(taken, 0.95)),
    { name: `${name}: click to balance, longest`, value: percentile(taken, 1), unit: "ms" },
  ];
}

type Act = (page: Page, running: Running) => Promise<number>;

/** Somebody new at a page of their own for each so many. */
async function perPerson(ground: Ground, all: readonly Running[], each: number, act: Act): Promise<number[]> {
  const taken: number[] = [];
  for (let from = 0; from < all.length; from += each) {
    const { page, close } = await ground.visit(await ground.house.hire("floor_supervisor"));
    try {
      await page.goto("/board");
      await page.locator("[data-slip]").first().waitFor();
      await page.waitForTimeout(3_000); // What is loaded ahead has come.
      for (const running of all.slice(from, from + each)) taken.push(await act(page, running));
    } finally {
      await close();
    }
  }
  return taken;
}

async function giveReward(page: Page, { ratingSlipId }: Running): Promise<number> {
  await page.locator(`[data-slip="${ratingSlipId}"]`).click();
  await page
    .getByRole("complementary")
    .getByRole("button", { name: /Give a reward/ })
    .click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("textbox", { name: "Points" }).fill("25");
  await dialog.getByRole("textbox", { name: "Reason" }).fill("Spilled drink at table");
  await watchFor(page, "[role=dialog] dl");
  await dialog.getByRole("button", { name: "Give the reward" }).click();
  const took = await shownAfter(page);
  await dialog.getByText("+25 points recorded.").waitFor();
  await dialog.getByText("25 points", { exact: true }).waitFor();
  await dialog.getByRole("button", { name: "Done" }).click();
  return took;
}

async function completeSlip(page: Page, { ratingSlipId }: Running): Promise<number> {
  await page.locator(`[data-slip="${ratingSlipId}"]`).click();
  const panel = page.getByRole("complementary");
  await panel.getByRole("button", { name: "Complete slip" }).click();
  await watchFor(page, "aside [role=status][data-none]");
  await panel.getByRole("button", { name: "Complete", exact: true }).click();
  const took = await shownAfter(page);
  await panel.getByText("New balance").waitFor();
  await panel.getByRole("button", { name: "Done" }).click();
  return took;
}

/** From the next click on, waits in the page for an element to be there and to have been painted. */
function watchFor(page: Page, selector: string): Promise<unknown> {
  return page.evaluate(`
    window.taken = new Promise((resolve) => {
      window.addEventListener("click", (click) => {
        const look = () => {
          if (!document.querySelector(${JSON.stringify(selector)})) return;
          seen.disconnect();
          requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - click.timeStamp)));
        };
        const seen = new MutationObserver(look);
        seen.observe(document.body, { subtree: true, childList: true, attributes: true });
      }, { capture: true, once: true });
    });
    undefined`);
}

function shownAfter(page: Page): Promise<number> {
  return page.evaluate<number>("window.taken");
}
