import { globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import { generateSchema } from "../graphql/generate.ts";
import { startCluster } from "../tests/support/cluster.ts";
import { projectRoot } from "./lib/home.ts";
import { type GeneratedFile, generateWebFiles } from "./lib/web-generated.ts";

/**
 * `npm run generate`: graphql/schema.graphql from the database, and from it what the web client is
 * generated: types, hooks and the list of its operations. With --check: is any of them stale?
 * With --web the committed schema is taken as it is, and no database is needed.
 */
export async function main(args: readonly string[]): Promise<number> {
  const schemaFile = join(projectRoot, "graphql/schema.graphql");
  const schema = args.includes("--web") ? readFileSync(schemaFile, "utf8") : await schemaOfDatabase();
  const files = [{ path: schemaFile, content: schema }, ...(await webFiles(schema))];
  const stale = files.filter(({ path, content }) => read(path) !== content);
  const orphans = globSync("web/src/generated/**/*.ts", { cwd: projectRoot })
    .map((file) => join(projectRoot, file))
    .filter((path) => !files.some((file) => file.path === path));
  if (!args.includes("--check")) {
    for (const { path, content } of stale) {
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, content);
    }
    for (const path of orphans) rmSync(path);
    for (const { path } of files) console.log(relative(projectRoot, path));
    return 0;
  }
  for (const path of [...stale.map((file) => file.path), ...orphans]) {
    console.error(`${relative(projectRoot, path)} is stale: run npm run generate and commit what it writes.`);
  }
  return stale.length + orphans.length > 0 ? 1 : 0;
}

async function schemaOfDatabase(): Promise<string> {
  const cluster = await startCluster();
  try {
    return await generateSchema(cluster.gatewayUrl);
  } finally {
    await cluster.stop();
  }
}

async function webFiles(schema: string): Promise<readonly GeneratedFile[]> {
  const folder = mkdtempSync(join(tmpdir(), "pitledger-schema-"));
  try {
    const file = join(folder, "schema.graphql");
    writeFileSync(file, schema);
    return await generateWebFiles(file);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}
