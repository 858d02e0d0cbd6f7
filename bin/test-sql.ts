import { existsSync, globSync, statSync } from "node:fs";
import { relative, resolve } from "node:path";
import { createTestDatabase, startCluster } from "../tests/support/cluster.ts";
import { projectRoot } from "./lib/home.ts";
import { Sentence } from "./lib/sentence.ts";
import { reportCounts } from "./lib/testing/results.ts";
import { runTapFile } from "./lib/testing/tap.ts";

/** Installs the helpers of the other files; pg_prove takes it first too, because of its name. */
const support = "tests/sql/_support.sql";

/** `npm run test:sql -- PATH…`: the pgTAP files of tests/sql, or those named. */
export async function main(args: string[]): Promise<number> {
  const files = [...new Set(filesOf([support, ...(args.length > 0 ? args : ["tests/sql"])]))];
  const cluster = await startCluster();
  let passed = 0;
  const failures: string[] = [];
  try {
    const database = await createTestDatabase(cluster, "pgtap");
    for (const file of files) {
      const result = await runTapFile(database.ownerUrl, file);
      passed += result.passed;
      if (result.failures.length > 0) console.error(`\n${relative(projectRoot, file)}:`);
      for (const failure of result.failures) {
        console.error(failure.replace(/^/gm, "    "));
        failures.push(`${relative(projectRoot, file)}: ${failure.split("\n", 1)[0]}`);
      }
    }
  } finally {
    await cluster.stop();
  }
  const failed = failures.length;
  console.log(`${files.length} pgTAP files: ${passed} assertions passed, ${failed} failed`);
  reportCounts({ passed, failed, failures });
  return failed === 0 && passed > 0 ? 0 : 1;
}

function filesOf(paths: readonly string[]): string[] {
  return paths.flatMap((path) => {
    const candidates = [resolve(projectRoot, path), resolve(projectRoot, "tests/sql", path)];
    const absolute = candidates.find((candidate) => existsSync(candidate));
    if (!absolute) throw new Sentence(`There is no ${path}, neither here nor in tests/sql.`);
    if (!statSync(absolute).isDirectory()) return [absolute];
    return globSync("**/*.sql", { cwd: absolute })
      .sort()
      .map((file) => resolve(absolute, file));
  });
}
