import { openDatabase } from "./lib/database.ts";
import { prepareDemo, printSignIns } from "./lib/demo-sign-ins.ts";
import { openHome } from "./lib/home.ts";
import { migrate } from "./lib/migrate.ts";

/** `npm run demo`: sets the demo casino up and prints its sign-ins, as `npm start` does. */
export async function main(): Promise<void> {
  const home = openHome();
  const database = await openDatabase(home, { whenRunning: "share" });
  try {
    await migrate(database);
    printSignIns(await prepareDemo(database, home));
  } finally {
    await database.stop();
  }
}
