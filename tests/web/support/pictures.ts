import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { Page } from "playwright-core";
import { projectRoot } from "../../../bin/lib/home.ts";

// What people see changes with the clock, so that tests alone leave docs/ as it is: `npm run pictures`
// sets this to "docs". Any other folder takes the pictures for a look at them.
const asked = process.env.PITLEDGER_PICTURES;

/** Whether docs/ is to be renewed. */
export const renewing = asked === "docs";

const elsewhere = asked && !renewing ? asked : mkdtempSync(join(tmpdir(), "pitledger-pictures-"));
if (elsewhere !== asked) process.on("exit", () => rmSync(elsewhere, { recursive: true, force: true }));
const docs = renewing ? join(projectRoot, "docs") : elsewhere;

/** Of every screen: a desk, and a tablet held upright. */
export const sizes = {
  desk: { width: 1280, height: 800 },
  tablet: { width: 820, height: 1180 },
} as const;
export type Size = keyof typeof sizes;

/** Good enough to read every word, and a third of what a PNG takes. */
const QUALITY = 72;

/** What is seen now, as docs/<name>.webp. */
export function takePicture(page: Page, name: string): Promise<void> {
  return capture(page, join(docs, `${name}.webp`));
}

/** The same for a look at it, which the docs don't show. */
export function glance(page: Page, name: string): Promise<void> {
  return capture(page, join(elsewhere, `${name}.webp`));
}

async function capture(page: Page, file: string): Promise<void> {
  await page.evaluate(async () => void (await document.fonts.ready));
  const devtools = await page.context().newCDPSession(page);
  try {
    const { data } = await devtools.send("Page.captureScreenshot", { format: "webp", quality: QUALITY });
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, Buffer.from(data, "base64"));
  } finally {
    await devtools.detach();
  }
}

/** Writes a page of docs/ that belongs to the pictures. */
export function writePage(name: string, text: string): void {
  const file = join(docs, name);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}
