import { accessSync, constants, existsSync, mkdtempSync, renameSync, rmSync } from "node:fs";
import { tmpdir, userInfo } from "node:os";
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
  return { executablePath: await unpack(() => packaged.executablePath()), args: packagedArguments };
}

/**
 * The package unpacks into the folder for temporary files, where another person's copy would be
 * in the way. Each person gets a folder of their own, complete from the moment it has its name.
 */
async function unpack(into: () => Promise<string>): Promise<string> {
  const folder = join(tmpdir(), `pitledger-chromium-${userInfo().uid}`);
  const executable = join(folder, "chromium");
  if (existsSync(executable)) return executable;
  const draft = mkdtempSync(`${folder}-`);
  const before = process.env.TMPDIR;
  process.env.TMPDIR = draft;
  try {
    await into();
  } finally {
    if (before === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = before;
  }
  try {
    renameSync(draft, folder);
  } catch (thrown) {
    if (!existsSync(executable)) throw thrown;
    rmSync(draft, { recursive: true });
  }
  return executable;
}

/**
 * The package's own arguments are meant for one page in a cloud function: one process, no web
 * security, and a graphics card made of software, through which every paint then goes.
 */
const packagedArguments = ["--no-sandbox", "--font-render-hinting=none"];

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
