import { openDatabase } from "./lib/database.ts";
import { prepareDemo, printSignIns } from "./lib/demo-sign-ins.ts";
import { openHome } from "./lib/home.ts";
import { migrate } from "./lib/migrate.ts";
import { portOf, runServer, runWorker } from "./lib/run.ts";
import { Undo, untilStopped } from "./lib/undo.ts";
import { buildWeb } from "./lib/web.ts";

/** `npm start`: database, migrations, demo casino, web client, GraphQL server and worker. */
export async function main(): Promise<void> {
  const undo = new Undo();
  await untilStopped(undo, async (fail) => {
    const port = portOf();
    const home = openHome();
    const database = await openDatabase(home, { onNotice: console.warn, onLost: fail });
    undo.add("database", database.stop);
    await migrate(database);
    const signIns = await prepareDemo(database, home);
    await buildWeb();
    const server = await runServer(database.gatewayUrl, port);
    undo.add("server", server.stop);
    const worker = await runWorker(database.workerUrl);
    undo.add("worker", worker.stop);
    console.log(`\nPitLedger runs on ${server.url}`);
    console.log(`GraphQL           ${server.url}/graphql`);
    console.log(`Database          ${database.embedded ? `in ${home.dir}; npm run db:url` : "of DATABASE_URL"}`);
    printSignIns(signIns);
    console.log("\nCtrl-C stops everything.");
  });
}
