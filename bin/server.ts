import { connectionOf } from "./lib/connect.ts";
import { portOf, runServer } from "./lib/run.ts";
import { Undo, untilStopped } from "./lib/undo.ts";
import { buildWeb } from "./lib/web.ts";

/** `npm run server`: GraphQL and web alone, on a database that is migrated already. */
export async function main(): Promise<void> {
  const undo = new Undo();
  await untilStopped(undo, async (fail) => {
    const port = portOf();
    await buildWeb();
    const server = await runServer(await connectionOf("gateway", undo, fail), port);
    undo.add("server", server.stop);
    console.log(`GraphQL and web on ${server.url}`);
  });
}
