import { setTimeout as sleep } from "node:timers/promises";
import type { CDPSession } from "playwright-core";
import { slowdown } from "./budgets.ts";
import { type Figure, median, within } from "./figures.ts";
import { type Ground, vitalsOf } from "./house.ts";

interface Screen {
  readonly name: string;
  readonly path: string;
  readonly signedIn: boolean;
  /** What is there when the screen shows what it is for. */
  readonly shown: string;
}

const screens: readonly Screen[] = [
  { name: "sign-in", path: "/", signedIn: false, shown: "input[autocomplete=current-password]" },
  { name: "pit board", path: "/board", signedIn: true, shown: "[data-slip]" },
];

/** How long a screen is watched after it showed its data: figures that come later may move things. */
const watchedMs = 3_000;

/** Size and speed of what somebody sees first, with an empty cache; the middle of several loads. */
export async function measureScreens(ground: Ground, loads: number): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const screen of screens) {
    await load(ground, screen); // The server compresses each file when it is first asked for.
    const taken: Load[] = [];
    for (let count = 0; count < loads; count++) taken.push(await load(ground, screen));
    const middle = (of: (each: Load) => number) => median(taken.map(of));
    figures.push(
      within(
        "script",
        `${screen.name}: JavaScript of a first visit`,
        middle(({ script }) => script),
      ),
      within(
        "paint",
        `${screen.name}: largest contentful paint`,
        middle(({ paint }) => paint),
      ),
      within(
        "shift",
        `${screen.name}: layout shift`,
        middle(({ shift }) => shift),
      ),
    );
  }
  return figures;
}

interface Load {
  readonly script: number;
  readonly paint: number;
  readonly shift: number;
}

async function load(ground: Ground, screen: Screen): Promise<Load> {
  const who = screen.signedIn ? await ground.house.as("floor_supervisor") : undefined;
  const { page, devtools, close } = await ground.visit(who);
  try {
    const scripts = new Set<string>();
    const bytes = new Map<string, number>();
    await devtools.send("Network.enable");
    devtools.on("Network.requestWillBeSent", ({ requestId, type, request }) => {
      if (type === "Script" || new URL(request.url).pathname.endsWith(".js")) scripts.add(requestId);
    });
    devtools.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
      bytes.set(requestId, encodedDataLength);
    });
    await devtools.send("Emulation.setCPUThrottlingRate", { rate: slowdown });
    await page.goto(screen.path);
    await isThere(devtools, screen.shown);
    // What is loaded ahead for other screens comes after this.
    const first = [...scripts];
    await page.waitForTimeout(watchedMs);
    const { paint, shift } = await vitalsOf(page);
    const isSeen = await page.locator(screen.shown).first().isVisible();
    if (!isSeen || paint === 0) throw new Error(`${screen.path} showed nothing.`);
    const missing = first.filter((id) => !bytes.has(id));
    if (missing.length > 0) throw new Error(`${missing.length} scripts never finished loading.`);
    return { script: first.reduce((sum, id) => sum + (bytes.get(id) ?? 0), 0), paint, shift };
  } finally {
    await close();
  }
}

/**
 * Asks without a script of its own: what Playwright brings into a page to look at it would be read there before
 * the page paints. Whether it can be seen is looked at afterwards.
 */
async function isThere(devtools: CDPSession, selector: string): Promise<void> {
  const expression = `document.querySelector(${JSON.stringify(selector)}) !== null`;
  const until = performance.now() + 60_000;
  while (performance.now() < until) {
    const { result } = await devtools.send("Runtime.evaluate", { expression });
    if (result.value === true) return;
    await sleep(50);
  }
  throw new Error(`${selector} never came.`);
}
