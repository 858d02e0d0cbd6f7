import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { projectRoot } from "./lib/home.ts";

/** Their tests leave pictures of what they see. */
const files = ["storyboard", "screens", "components"].map((name) => `tests/web/${name}.test.ts`);

/** `npm run pictures`: renews the pictures in docs/ and the pages that list them; `-- screens` only some. */
export async function main(names: string[]): Promise<number> {
  const chosen = names.length === 0 ? files : files.filter((file) => names.some((name) => file.includes(name)));
  const vitest = join(projectRoot, "node_modules/.bin/vitest");
  const { status } = spawnSync(vitest, ["run", "--config", "tests/vitest.config.ts", "--project", "web", ...chosen], {
    cwd: projectRoot,
    stdio: "inherit",
    env: { ...process.env, PITLEDGER_PICTURES: "docs" },
  });
  return status ?? 1;
}
