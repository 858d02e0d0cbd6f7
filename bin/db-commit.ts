import { chmodSync, globSync } from "node:fs";
import { join } from "node:path";
import { commit, migrate, uncommit } from "graphile-migrate";
import { clearAllPools } from "graphile-migrate/dist/pgReal.js";
import { startCluster, withClient } from "../tests/support/cluster.ts";
import { type Database, inDatabase } from "./lib/database.ts";
import { makeRoles } from "./lib/migrate.ts";
import { explain, migrationSettings, migrationsFolder } from "./lib/migrations.ts";
import { Sentence } from "./lib/sentence.ts";
import { installWorkerSchema } from "./lib/worker-schema.ts";

/**
 * `npm run db:commit -- "what it does"`: freezes migrations/current as the next file of
 * migrations/committed; with `--undo` takes the last one back. It runs in a server of its own, so
 * the database in use isn't needed.
 */
export async function main([argument]: string[]): Promise<void> {
  if (!argument) throw new Sentence('Say what the migration does: npm run db:commit -- "what it does".');
  const cluster = await startCluster(makeBareTemplates);
  const settings = {
    ...migrationSettings(cluster.ownerUrl, console.log),
    shadowConnectionString: inDatabase(cluster.ownerUrl, "shadow"),
  };
  try {
    if (argument === "--undo") {
      await migrate(settings);
      await uncommit(settings);
    } else {
      await commit(settings, argument);
      // graphile-migrate closes the file to others; an image's own user must read it.
      for (const file of globSync(join(migrationsFolder, "committed/*.sql"))) chmodSync(file, 0o444);
    }
  } catch (thrown) {
    throw new Error(explain(thrown), { cause: thrown });
  } finally {
    clearAllPools();
    await cluster.stop();
  }
}

/** graphile-migrate makes its shadow from template1, so what comes before migrations goes there. */
async function makeBareTemplates({ ownerUrl }: Database): Promise<void> {
  const template1 = inDatabase(ownerUrl, "template1");
  await withClient(template1, async (owner) => {
    await makeRoles(owner);
    await installWorkerSchema(owner, template1);
  });
  await withClient(inDatabase(ownerUrl, "postgres"), async (owner) => {
    await owner.query("drop database pitledger");
    await owner.query("create database pitledger");
  });
}
