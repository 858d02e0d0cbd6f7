import type { Browser, BrowserContext, CDPSession, Page } from "playwright-core";
import { webRoot } from "../../../bin/lib/web.ts";
import type { Client } from "../../api/support/client.ts";
import { ago, openVisit, startSlip } from "../../api/support/floor.ts";
import { type House, openHouse } from "../../api/support/house.ts";
import { launchChromium } from "../../web/support/chromium.ts";
import { newPlayer } from "../../web/support/players.ts";
import { floor } from "./budgets.ts";

/** Somebody who plays: whom, and the slip. */
export interface Running {
  readonly playerId: string;
  readonly ratingSlipId: string;
}

/** A full floor, the client on it as it is in production, and a browser. */
export interface Ground {
  readonly house: House;
  readonly url: string;
  readonly boss: Client;
  readonly running: readonly Running[];
  /** A fresh browser profile, in which somebody is signed in, or nobody. */
  visit(who?: Client): Promise<Visit>;
  close(): Promise<void>;
}

export interface Visit {
  readonly page: Page;
  readonly devtools: CDPSession;
  close(): Promise<void>;
}

export async function openGround(): Promise<Ground> {
  const closers: (() => Promise<unknown>)[] = [];
  const close = async () => {
    for (const closer of closers.splice(0).reverse()) await closer();
  };
  try {
    const house = await openHouse();
    closers.push(house.close);
    await house.load("ONE", { tables });
    const url = await house.serve({ webRoot, operations: "persisted" });
    const browser = await launchChromium();
    closers.push(() => browser.close());
    const boss = await house.as("pit_boss");
    const running = await seatPlayers(boss);
    return { house, url, boss, running, visit: (who) => visit(browser, url, who), close };
  } catch (thrown) {
    await close();
    throw thrown;
  }
}

const tables = Array.from({ length: floor.tables }, (_, index) => ({
  label: `BJ-${String(index + 1).padStart(2, "0")}`,
  game: "BJ",
  pit: `Pit ${Math.floor(index / 6) + 1}`,
  seats: floor.seats,
}));

/** Everybody has been playing for an hour. */
async function seatPlayers(boss: Client): Promise<Running[]> {
  const { gamingTables } = await boss.get<{ gamingTables: { nodes: { tableId: string }[] } }>(
    "{ gamingTables(first: 100, orderBy: LABEL_ASC) { nodes { tableId } } }",
  );
  const seats = gamingTables.nodes.flatMap(({ tableId }) =>
    Array.from({ length: floor.seats }, (_, index) => ({ tableId, seatNo: index + 1 })),
  );
  const running: Running[] = [];
  for (const seat of seats.slice(0, floor.slips)) {
    const { playerId } = await newPlayer(boss);
    const occurredAt = ago(60);
    const visitId = await openVisit(boss, playerId, occurredAt);
    const { ratingSlipId } = await startSlip(boss, { visitId, ...seat, occurredAt });
    running.push({ playerId, ratingSlipId });
  }
  return running;
}

/** As large as the desk's monitor: most of the floor is in view. */
const monitor = { width: 1920, height: 1080 };

async function visit(browser: Browser, url: string, who?: Client): Promise<Visit> {
  const context: BrowserContext = await browser.newContext({ baseURL: url, viewport: monitor, locale: "en-US" });
  if (who) await context.addCookies([{ name: "pit_session", value: who.token ?? "", url }]);
  await context.addInitScript(observer);
  const page = await context.newPage();
  page.setDefaultTimeout(60_000);
  const devtools = await context.newCDPSession(page);
  return { page, devtools, close: () => context.close() };
}

/** What the page says about itself. */
export interface Vitals {
  readonly paint: number;
  readonly shift: number;
  readonly tasks: readonly { readonly at: number; readonly took: number }[];
}

const observer = `
  window.vitals = { paint: 0, shift: 0, tasks: [] };
  const see = (type, what) =>
    new PerformanceObserver((list) => list.getEntries().forEach(what)).observe({ type, buffered: true });
  see("largest-contentful-paint", (entry) => { window.vitals.paint = entry.startTime; });
  see("layout-shift", (entry) => { if (!entry.hadRecentInput) window.vitals.shift += entry.value; });
  see("longtask", (entry) => { window.vitals.tasks.push({ at: entry.startTime, took: entry.duration }); });
`;

export function vitalsOf(page: Page): Promise<Vitals> {
  return page.evaluate<Vitals>("window.vitals");
}
