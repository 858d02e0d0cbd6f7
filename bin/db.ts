import { openDatabase } from "./lib/database.ts";
import { openHome } from "./lib/home.ts";
import { migrate } from "./lib/migrate.ts";
import { Undo, untilStopped } from "./lib/undo.ts";

/** `npm run db`: the database alone, migrated, until Ctrl-C. */
export async function main(): Promise<void> {
  const undo = new Undo();
  await untilStopped(undo, async (fail) => {
    const database = await openDatabase(openHome(), { onNotice: console.warn, onLost: fail });
    undo.add("database", database.stop);
    await migrate(database);
    console.log(`The database runs: ${database.ownerUrl}`);
  });
}
