import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll } from "vitest";
import { projectRoot } from "../../../bin/lib/home.ts";
import { launchChromium } from "./chromium.ts";
import type { Theme } from "./client.ts";

const web = join(projectRoot, "web");
const origin = "http://gallery.test";

/** The page of components, which is built for its test alone and served from its folder. */
export interface Gallery {
  /** A page that shows components, or one of them, or one of its states. */
  visit(theme: Theme): Promise<Page>;
}

export function openGallery(): Gallery {
  const folder = mkdtempSync(join(tmpdir(), "pitledger-gallery-"));
  let browser: Browser;

  beforeAll(async () => {
    await build(folder);
    browser = await launchChromium();
  });
  afterAll(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true });
  });

  return {
    async visit(theme) {
      const context = await browser.newContext({
        viewport: { width: 900, height: 700 },
        colorScheme: theme,
        reducedMotion: "reduce",
        locale: "en-US",
      });
      await context.route(`${origin}/**`, (route) => {
        const { pathname } = new URL(route.request().url());
        const path = join(folder, pathname === "/" ? "gallery/index.html" : pathname);
        return existsSync(path) ? route.fulfill({ path }) : route.fulfill({ status: 404 });
      });
      const page = await context.newPage();
      page.setDefaultTimeout(15_000);
      await page.goto(`${origin}/`);
      return page;
    },
  };
}

async function build(folder: string): Promise<void> {
  const { build: vite } = await import("vite");
  await vite({
    root: web,
    configFile: join(web, "vite.config.ts"),
    logLevel: "warn",
    build: {
      outDir: folder,
      emptyOutDir: true,
      sourcemap: false,
      rolldownOptions: { input: join(web, "gallery/index.html") },
    },
  });
}
