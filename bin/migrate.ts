import { openDatabase } from "./lib/database.ts";
import { openHome } from "./lib/home.ts";
import { migrate } from "./lib/migrate.ts";

/** `npm run migrate`: brings the database to what this checkout says, and leaves it at that. */
export async function main(): Promise<void> {
  const database = await openDatabase(openHome(), { whenRunning: "share" });
  try {
    await migrate(database);
    console.log("The database is up to date.");
  } finally {
    await database.stop();
  }
}
