import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { generateSchema } from "../graphql/generate.ts";
import { startCluster } from "../tests/support/cluster.ts";
import { projectRoot } from "./lib/home.ts";

/** `npm run generate`: graphql/schema.graphql from the database; with --check, is it stale? */
export async function main(args: readonly string[]): Promise<number> {
  const file = join(projectRoot, "graphql/schema.graphql");
  const cluster = await startCluster();
  let schema: string;
  try {
    schema = await generateSchema(cluster.gatewayUrl);
  } finally {
    await cluster.stop();
  }
  if (!args.includes("--check")) {
    writeFileSync(file, schema);
    console.log(`${file} written`);
    return 0;
  }
  if (readFileSync(file, "utf8") === schema) return 0;
  console.error("graphql/schema.graphql is stale: run npm run generate and commit what it writes.");
  return 1;
}
