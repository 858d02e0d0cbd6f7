import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { projectRoot } from "./home.ts";
import { codeOf, messageOf, Sentence } from "./sentence.ts";

const sources = join(projectRoot, "web");

/** Where the built client is. */
export const webRoot = join(projectRoot, "dist/web");

const stampFile = join(webRoot, ".sources");

/** Builds the web client unless the one in dist/web was made from exactly these sources. */
export async function buildWeb(): Promise<void> {
  // An image of the server holds the built client without its sources.
  if (!existsSync(sources)) return;
  const stamp = stampOfSources();
  if (stamp === readStamp()) return;
  try {
    await buildForProduction();
    writeFileSync(stampFile, stamp);
  } catch (thrown) {
    if (codeOf(thrown) === "EACCES") {
      throw new Sentence(
        `The web client isn't built, and ${webRoot} can't be written: run "npm run build:web" as the owner of this folder.`,
      );
    }
    throw new Sentence(`The web client can't be built: ${messageOf(thrown)}`);
  }
}

/** Also while tests run, whose environment would have React's development build come along. */
async function buildForProduction(): Promise<void> {
  const before = process.env.NODE_ENV;
  process.env.NODE_ENV = "production";
  try {
    const { build } = await import("vite");
    await build({ root: sources, configFile: join(sources, "vite.config.ts"), logLevel: "warn" });
  } finally {
    if (before === undefined) delete process.env.NODE_ENV;
    else process.env.NODE_ENV = before;
  }
}

function readStamp(): string | undefined {
  try {
    return readFileSync(stampFile, "utf8");
  } catch {
    return undefined;
  }
}

/** A hundred small files: reading them all takes a few milliseconds, and no clock can mislead it. */
function stampOfSources(): string {
  const hash = createHash("sha256");
  for (const file of [join(projectRoot, "package-lock.json"), ...filesUnder(sources)]) {
    hash.update(`${relative(projectRoot, file)}\0`).update(readFileSync(file));
  }
  return hash.digest("hex");
}

function filesUnder(folder: string): string[] {
  const names = readdirSync(folder).sort();
  return names.flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? filesUnder(path) : [path];
  });
}
