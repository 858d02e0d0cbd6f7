import { existsSync, globSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { projectRoot } from "../../bin/lib/home.ts";
import { webRoot } from "../../bin/lib/web.ts";
import { check } from "./support/axe.ts";
import type { Theme } from "./support/client.ts";
import { openGallery } from "./support/gallery.ts";
import { renewing, takePicture, writePage } from "./support/pictures.ts";

/*
 * web/gallery shows every component in its states. It is looked at in both themes here; docs/reference/
 * components.md is made from it by `npm run pictures`.
 */

const gallery = openGallery();
const list = "reference/components.md";
const themes: readonly Theme[] = ["light", "dark"];

interface Component {
  readonly name: string;
  readonly exports: string;
  readonly use: string;
  readonly states: readonly { readonly name: string; readonly alone: boolean }[];
}

test("every component of the client is shown with what it is for, and the docs say the same", async () => {
  const page = await gallery.visit("light");
  const components = await componentsOn(page);
  const folder = join(projectRoot, "web/src/components");
  const modules = [
    ...globSync("*.tsx", { cwd: folder }).map((file) => basename(file, ".tsx")),
    // What has styles and no component of its own is used by its class names.
    ...globSync("*.module.css", { cwd: folder }).map((file) => basename(file, ".module.css")),
  ];
  expect(components.map(({ name }) => name).sort()).toEqual([...new Set(modules)].sort());
  for (const { name, use, states } of components) {
    expect(use, name).toMatch(/\w+.*\.$/s);
    expect(states.length, name).toBeGreaterThan(0);
  }
  if (renewing) writePage(list, pageOf(components));
  expect(readFileSync(join(projectRoot, "docs", list), "utf8")).toBe(pageOf(components));
});

test.each(themes)("in the %s theme axe finds nothing on any component in any state", {
  timeout: 600_000,
}, async (theme) => {
  const page = await gallery.visit(theme);
  const failed: string[] = [];
  page.on("pageerror", (error) => failed.push(error.message));
  // It is React's development build that is looked at, which says what is wrong with an element.
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) failed.push(message.text());
  });
  for (const { name, states } of await componentsOn(page)) {
    if (states.some(({ alone }) => !alone)) {
      await show(page, { component: name });
      await check(page, name);
      await picture(page, name, theme);
    }
    for (const state of states.filter(({ alone }) => alone)) {
      await show(page, { component: name, state: state.name });
      const keys = (await page.locator("main").getAttribute("data-keys")) ?? "";
      for (const key of keys.split(" ").filter(Boolean)) await page.keyboard.press(key);
      await page.waitForTimeout(300); // What comes in is there.
      // A tip is drawn above the page, outside of its landmarks.
      await check(page, `${name}: ${state.name}`, ["region"]);
      await picture(page, pictureOf(name, state.name), theme);
    }
  }
  expect(failed).toEqual([]);
});

/** What isn't text and has to be seen nevertheless, and what it is seen against. */
const seen: readonly (readonly [string, readonly string[]])[] = [
  ["--border-strong", ["--surface", "--canvas"]],
  ["--focus", ["--canvas", "--surface", "--raised", "--sunken", "--accent-soft", "--hover"]],
  ["--accent-solid", ["--surface", "--sunken"]],
  ["--bad", ["--surface"]],
  ["--good", ["--surface"]],
  ...[1, 2, 3, 4, 5].map((part) => [`--chart-${part}`, ["--surface"]] as const),
];

test.each(themes)("in the %s theme borders, focus and charts stand out 3 to 1", async (theme) => {
  const page = await gallery.visit(theme);
  const pairs = seen.flatMap(([what, against]) => against.map((on) => [what, on] as const));
  const ratios = await page.evaluate(contrasts, pairs);
  expect(ratios.length).toBe(pairs.length);
  expect(ratios.filter(({ ratio }) => ratio < 3)).toEqual([]);
});

/** WCAG's contrast ratio of two tokens as they are drawn. */
function contrasts(pairs: readonly (readonly [string, string])[]) {
  const canvas = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });
  const probe = document.body.appendChild(document.createElement("i"));
  const luminance = (token: string) => {
    probe.style.color = `var(${token})`;
    if (!canvas) throw new Error("There is no canvas.");
    canvas.fillStyle = getComputedStyle(probe).color;
    canvas.fillRect(0, 0, 1, 1);
    const [red = 0, green = 0, blue = 0] = [...canvas.getImageData(0, 0, 1, 1).data].map((part) => {
      const share = part / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  return pairs.map(([what, on]) => {
    const [light = 0, dark = 0] = [luminance(what), luminance(on)].sort((a, b) => b - a);
    return { what, on, ratio: Math.round(((light + 0.05) / (dark + 0.05)) * 100) / 100 };
  });
}

test("the page of components is no part of what is served", () => {
  expect(existsSync(join(webRoot, "index.html"))).toBe(true);
  expect(globSync("**/*gallery*", { cwd: webRoot })).toEqual([]);
});

async function componentsOn(page: Page): Promise<Component[]> {
  await page.locator("[data-component]").first().waitFor();
  return page.locator("[data-component]").evaluateAll((found) =>
    found.map((each) => ({
      name: each.getAttribute("data-component") ?? "",
      exports: each.getAttribute("data-exports") ?? "",
      use: each.querySelector("[data-use]")?.textContent ?? "",
      states: [...each.querySelectorAll("[data-state][data-alone]")].map((state) => ({
        name: state.getAttribute("data-state") ?? "",
        alone: state.getAttribute("data-alone") === "true",
      })),
    })),
  );
}

async function show(page: Page, search: Record<string, string>): Promise<void> {
  await page.goto(`${new URL(page.url()).origin}/?${new URLSearchParams(search)}`);
  await page.locator("h1").first().waitFor({ state: "attached" });
  await page.waitForTimeout(150);
}

/** As high as what it shows. */
async function picture(page: Page, name: string, theme: Theme): Promise<void> {
  const before = page.viewportSize() ?? { width: 900, height: 700 };
  const height = await page.evaluate(() => document.documentElement.scrollHeight);
  if (height > before.height) await page.setViewportSize({ ...before, height });
  await takePicture(page, `reference/components/${name}-${theme}`);
  await page.setViewportSize(before);
}

function pictureOf(component: string, state: string): string {
  return `${component}-${state.toLowerCase().replaceAll(/[^a-z]+/g, "-")}`;
}

function pageOf(components: readonly Component[]): string {
  const sections = components.map(({ name, exports, use, states }) => {
    const seen = (file: string) => themes.map((theme) => `[${theme}](components/${file}-${theme}.webp)`).join(", ");
    const together = states.filter(({ alone }) => !alone);
    const lines = [
      ...(together.length > 0 ? [`- ${together.map((each) => each.name).join("; ")}: ${seen(name)}`] : []),
      ...states.filter(({ alone }) => alone).map((each) => `- ${each.name}: ${seen(pictureOf(name, each.name))}`),
    ];
    return `## ${name}\n\n\`${exports}\`. ${use}\n\n${lines.join("\n")}\n`;
  });
  return `# Components

What screens are built of, each in its states, with when to use it. \`npx vite web\` shows them on
\`/gallery/\`; \`tests/web/components.test.ts\` runs axe on every state in both themes and keeps this page
complete, \`npm run pictures -- components\` renews it.

${sections.join("\n")}`;
}
