import { accessSync, constants, existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { type Browser, chromium, type LaunchOptions } from "playwright-core";

/** CHROMIUM_PATH, then Playwright's own browser, then the system's, then the one that npm brings. */
export async function launchChromium(): Promise<Browser> {
  return chromium.launch(await findChromium());
}

async function findChromium(): Promise<LaunchOptions> {
  const named = process.env.CHROMIUM_PATH;
  if (named) return { executablePath: named, args: sandbox };
  if (existsSync(chromium.executablePath())) return { args: sandbox };
  const system = ["chromium", "chromium-browser", "google-chrome"].map(inPath).find((path) => path !== undefined);
  if (system) return { executablePath: system, args: sandbox };
  const { default: packaged } = await import("@sparticuz/chromium");
  // Its arguments are meant for one page in a function's small machine; here there are many pages.
  const args = packaged.args.filter((each) => !["--single-process", "--no-zygote"].includes(each));
  return { executablePath: await packaged.executablePath(), args };
}

/** Chromium refuses to run its sandbox as root, which containers and CI machines often are. */
const sandbox = process.getuid?.() === 0 ? ["--no-sandbox"] : [];

function inPath(name: string): string | undefined {
  for (const folder of (process.env.PATH ?? "").split(delimiter)) {
    const path = join(folder, name);
    try {
      accessSync(path, constants.X_OK);
      return path;
    } catch {
      // Not there.
    }
  }
  return undefined;
}
