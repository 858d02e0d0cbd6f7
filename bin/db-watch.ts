import { watch } from "graphile-migrate";
import { openDatabase } from "./lib/database.ts";
import { openHome } from "./lib/home.ts";
import { migrate } from "./lib/migrate.ts";
import { migrationSettings } from "./lib/migrations.ts";

/** `npm run db:watch`: runs migrations/current again whenever it or a file of db/ changes. */
export async function main(): Promise<void> {
  const database = await openDatabase(openHome(), { whenRunning: "share", onNotice: console.warn });
  await migrate(database);
  await watch(migrationSettings(database.ownerUrl, console.log));
  process.once("SIGINT", () => void database.stop().then(() => process.exit(0)));
}
