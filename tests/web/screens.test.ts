import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Page, Route } from "playwright-core";
import { expect, test } from "vitest";
import { projectRoot } from "../../bin/lib/home.ts";
import { check } from "./support/axe.ts";
import type { Theme } from "./support/client.ts";
import { openDemo } from "./support/demo.ts";
import { glance, renewing, type Size, sizes, takePicture, writePage } from "./support/pictures.ts";
import { routes, type Shown, screensOf } from "./support/screens.ts";

/*
 * Every screen with the demo's data, at a desk and on a tablet, light and dark. `npm run pictures` leaves
 * what is seen in docs/, where docs/reference/screens.md shows it.
 */

const demo = openDemo();
const list = "reference/screens.md";
const themes: readonly Theme[] = ["light", "dark"];

test("every route of the client is among the screens, and the docs show each", async () => {
  const screens = await screensOf(demo);
  const shown = new Set(screens.map(({ route }) => route));
  expect(routes().length).toBeGreaterThan(15);
  expect(routes().filter((route) => !shown.has(route))).toEqual([]);
  if (renewing) writePage(list, pageOf(screens));
  expect(readFileSync(join(projectRoot, "docs", list), "utf8")).toBe(pageOf(screens));
});

test.each(themes)("every screen fits a desk and a tablet in the %s theme", {
  timeout: 600_000,
}, async (theme) => {
  const pages = new Map<string, Page>();
  const failed: string[] = [];
  for (const { name, who, address, route, open } of await screensOf(demo)) {
    const page = pages.get(who ?? "") ?? (await (who ? demo.sitDown(who, { theme }) : demo.visit({ theme })));
    if (!pages.has(who ?? "")) {
      pages.set(who ?? "", page);
      page.on("pageerror", (error) => failed.push(`${name}: ${error.message}`));
    }
    await page.setViewportSize(sizes.desk);
    await page.goto(address ?? route);
    await isSettled(page);
    await open?.(page);
    for (const size of Object.keys(sizes) as Size[]) {
      await page.setViewportSize(sizes[size]);
      await isSettled(page);
      expect(await page.getByRole("alert").allInnerTexts(), `${name} says what is wrong`).toEqual([]);
      expect(await page.evaluate(sideways), `${name} at the ${size} scrolls sideways`).toEqual([]);
      await takePicture(page, `pictures/screens/${name}-${size}-${theme}`);
    }
  }
  for (const page of pages.values()) await page.context().close();
  expect(failed).toEqual([]);
});

test.each(themes)("every screen is accessible while its data is awaited in the %s theme", {
  timeout: 600_000,
}, async (theme) => {
  const pages = new Map<string, Page>();
  const awaited = new Set<string>();
  for (const { name, who, address, route } of await screensOf(demo)) {
    if (!who) continue;
    const page = pages.get(who) ?? (await demo.sitDown(who, { theme }));
    if (!pages.has(who)) {
      pages.set(who, page);
      await page.route("**/graphql", holdBack);
    }
    await page.goto(address ?? route);
    await page.locator("h1").first().waitFor();
    if (await page.locator("main [aria-busy=true]").count()) awaited.add(name);
    await check(page, `${name}, its data awaited`);
  }
  expect(awaited.size, "screens that say that they load").toBeGreaterThan(15);
});

test("nothing is cut off with wider spacing of the text", { timeout: 600_000 }, async () => {
  const pages = new Map<string, Page>();
  const wrong: string[] = [];
  for (const { name, who, address, route, open } of await screensOf(demo)) {
    const page = pages.get(who ?? "") ?? (await (who ? demo.sitDown(who) : demo.visit()));
    pages.set(who ?? "", page);
    await page.goto(address ?? route);
    await isSettled(page);
    await open?.(page);
    const before = await page.evaluate(cutOff);
    await page.evaluate(spaceText);
    await isSettled(page);
    const cut = (await page.evaluate(cutOff)).filter((each) => !before.includes(each));
    wrong.push(...cut.map((each) => `${name} cuts off ${each}`));
    await glance(page, `spaced/${name}`);
  }
  expect(wrong).toEqual([]);
});

test("every screen reflows to 640 pixels, and to 320", { timeout: 600_000 }, async () => {
  const pages = new Map<string, Page>();
  const wrong: string[] = [];
  for (const { name, who, address, route, open } of await screensOf(demo)) {
    const page = pages.get(who ?? "") ?? (await (who ? demo.sitDown(who) : demo.visit()));
    pages.set(who ?? "", page);
    await page.setViewportSize(doubled);
    await page.goto(address ?? route);
    await isSettled(page);
    await open?.(page);
    for (const each of await page.evaluate(sideways)) wrong.push(`${name} at 640: ${each}`);
    await glance(page, `doubled/${name}`);
    await page.setViewportSize(narrow);
    await isSettled(page);
    for (const each of await page.evaluate(sideways)) wrong.push(`${name} at 320: ${each}`);
    await glance(page, `narrow/${name}`);
  }
  expect(wrong).toEqual([]);
});

/** 1280 × 800 zoomed in to 200 %. */
const doubled = { width: 640, height: 400 };

/** Answers who is signed in, and nothing else. */
async function holdBack(route: Route): Promise<void> {
  if (route.request().postDataJSON()?.operationName === "Me") await route.fallback();
}

/** 1280 pixels zoomed in to 400 %. */
const narrow = { width: 320, height: 640 };

/** WCAG 1.4.12: what somebody may set so that they can read. */
function spaceText(): void {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`* {
    line-height: 1.5 !important;
    letter-spacing: 0.12em !important;
    word-spacing: 0.16em !important;
  }
  p { margin-bottom: 2em !important; }`);
  document.adoptedStyleSheets.push(sheet);
}

/** Text that its own box hides, other than what ends in an ellipsis or is for screen readers. */
function cutOff(): string[] {
  return [...document.querySelectorAll<HTMLElement>("body *")]
    .filter((element) => {
      const { overflowX, overflowY, textOverflow, clipPath } = getComputedStyle(element);
      if (clipPath !== "none" || !element.innerText?.trim()) return false;
      const across = overflowX === "hidden" && textOverflow !== "ellipsis";
      return (
        (across && element.scrollWidth > element.clientWidth + 1) ||
        (overflowY === "hidden" && element.scrollHeight > element.clientHeight + 1)
      );
    })
    .map((element) => `${element.tagName} ${element.innerText.slice(0, 60)}`);
}

/** The screen is there with its data, and its charts are drawn. */
async function isSettled(page: Page): Promise<void> {
  await page.locator("h1").first().waitFor();
  await page.waitForFunction(() => !document.querySelector("[aria-busy=true]"));
  await page.waitForTimeout(250);
}

/** What is wider than the window or the page's own box, with what sticks out of it. */
function sideways(): string[] {
  const boxes = [document.documentElement, ...document.querySelectorAll("main")];
  return boxes
    .filter((box) => box.scrollWidth > box.clientWidth + 1)
    .map((box) => {
      const edge = box.getBoundingClientRect().left + box.clientWidth + 1;
      const out = [...box.querySelectorAll("*")].filter((each) => {
        if (each.getBoundingClientRect().right <= edge) return false;
        for (let up = each.parentElement; up && up !== box; up = up.parentElement) {
          if (getComputedStyle(up).overflowX !== "visible") return false;
        }
        return true;
      });
      return `${box.tagName.toLowerCase()} scrolls sideways for ${out
        .slice(0, 4)
        .map((each) => `${each.tagName.toLowerCase()}.${each.classList[0] ?? ""}`)
        .join(", ")}`;
    });
}

function pageOf(screens: readonly Shown[]): string {
  const lines = screens.map(({ name, route }) => {
    const seen = (size: Size) =>
      themes.map((theme) => `[${theme}](../pictures/screens/${name}-${size}-${theme}.webp)`).join(", ");
    return `| ${name.replaceAll("-", " ")} | ${route} | ${seen("desk")} | ${seen("tablet")} |`;
  });
  return `# Screens

Every screen with the data of the demo casino, at 1280 × 800 (a desk) and 820 × 1180 (a tablet). \`npm run
pictures\` renews them, \`tests/web/screens.test.ts\` keeps the list complete.

| screen | address | desk | tablet |
|---|---|---|---|
${lines.join("\n")}
`;
}
