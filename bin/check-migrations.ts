import { createEmptyDatabase, startCluster, withClient } from "../tests/support/cluster.ts";
import { differences, readCatalogue } from "./lib/catalogue/catalogue.ts";
import { isInTheMaking } from "./lib/migrations.ts";
import { applySources } from "./lib/sql/sources.ts";
import { installWorkerSchema } from "./lib/worker-schema.ts";

/** `npm run check:migrations`: do the migrations lead to exactly what db/ says? */
export async function main(): Promise<number> {
  const cluster = await startCluster();
  try {
    const sources = await createEmptyDatabase(cluster);
    await withClient(sources.ownerUrl, async (owner) => {
      await installWorkerSchema(owner, sources.ownerUrl);
      await applySources(owner);
    });
    const fromMigrations = await readCatalogue(cluster.ownerUrl);
    const fromSources = await readCatalogue(sources.ownerUrl);
    const found = differences({ name: "migrations", entries: fromMigrations }, { name: "db", entries: fromSources });
    if (await isInTheMaking()) found.push("migrations/current isn't empty: finish it with npm run db:commit");
    for (const difference of found) console.error(difference);
    console.log(
      `${fromSources.length} objects in db/, ${fromMigrations.length} by migrations, ${found.length} differences`,
    );
    return found.length === 0 ? 0 : 1;
  } finally {
    await cluster.stop();
  }
}
