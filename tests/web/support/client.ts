import type { Browser, BrowserContext, Locator, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll } from "vitest";
import { webRoot } from "../../../bin/lib/web.ts";
import type { Client } from "../../api/support/client.ts";
import { type House, openHouse, type Person } from "../../api/support/house.ts";
import { launchChromium } from "./chromium.ts";

export type Theme = "dark" | "light";

/**
 * A house whose web client is served by a second server, which takes only the client's committed
 * operations, as it is recommended; and a browser to look at it with. One for each test file.
 */
export interface Desk {
  readonly house: House;
  /** Where the client is served. */
  readonly url: string;
  /** A page of somebody who isn't signed in. */
  visit(options?: { theme?: Theme; locale?: string; url?: string }): Promise<Page>;
  /** A page of a signed-in person; at another address when the way there is to be disturbed. */
  sitDown(who: Person | Client, options?: { casino?: string; theme?: Theme; url?: string }): Promise<Page>;
}

const tablet = { width: 820, height: 1180 };

/** Opens and closes a desk around the tests of a file. */
export function openDesk(): Desk {
  let house: House;
  let browser: Browser;
  let url: string;
  const contexts: BrowserContext[] = [];

  beforeAll(async () => {
    [house, browser] = await Promise.all([openHouse(), launchChromium()]);
    url = await house.serve({ webRoot, operations: "persisted" });
  });
  // Pages that nobody looks at any more would go on working, and slow the next test down.
  afterEach(async () => {
    await Promise.all(contexts.splice(0).map((context) => context.close()));
  });
  afterAll(async () => {
    await browser?.close();
    await house?.close();
  });

  const visit: Desk["visit"] = async ({ theme = "dark", locale = "en-US", url: address = url } = {}) => {
    const context = await browser.newContext({
      baseURL: address,
      viewport: tablet,
      colorScheme: theme,
      reducedMotion: "reduce",
      locale,
    });
    contexts.push(context);
    const page = await context.newPage();
    page.setDefaultTimeout(15_000);
    return page;
  };

  return {
    get house() {
      return house;
    },
    get url() {
      return url;
    },
    visit,
    async sitDown(who, { casino = "ONE", theme = "dark", url: address = url } = {}) {
      const client = typeof who === "string" ? await house.as(who, casino) : who;
      const page = await visit({ theme, url: address });
      await page.context().addCookies([{ name: "pit_session", value: client.token ?? "", url: address }]);
      return page;
    },
  };
}

/** The part of a screen beneath this heading. */
export function card(page: Page, name: string): Locator {
  return page.locator("section", { has: page.getByRole("heading", { name, exact: true }) });
}

/** The seat of a running slip on the board. */
export function slipOf(page: Page, player: string): Locator {
  return page.locator("[data-slip]", { hasText: player });
}

export function freeSeat(page: Page, table: string, seatNo: number): Locator {
  return page.locator(`[data-free-seat="${table}:${seatNo}"]`);
}

/** The panel beside the board. */
export function drawer(page: Page): Locator {
  return page.getByRole("complementary");
}

/**
 * Lets the next operation of this name reach the server and cuts the connection before its
 * answer comes back: the client can't know whether it happened.
 */
export async function loseAnswerOf(page: Page, operationName: string): Promise<void> {
  let lost = false;
  await page.route("**/graphql", async (route) => {
    if (lost || route.request().postDataJSON()?.operationName !== operationName) return route.fallback();
    lost = true;
    await route.fetch();
    await route.abort("connectionreset");
  });
}

/** Keeps operations of this name, with this in their variables, from reaching the server until they are let go. */
export async function holdBack(
  page: Page,
  operationName: string,
  text = "",
): Promise<{ asked: Promise<void>; release: () => void }> {
  const asked = Promise.withResolvers<void>();
  const released = Promise.withResolvers<void>();
  await page.route("**/graphql", async (route) => {
    const sent = route.request().postDataJSON();
    if (sent?.operationName === operationName && JSON.stringify(sent.variables).includes(text)) {
      asked.resolve();
      await released.promise;
    }
    return route.fallback();
  });
  return { asked: asked.promise, release: released.resolve };
}
