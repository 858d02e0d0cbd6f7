import { connectionOf } from "./lib/connect.ts";
import { runWorker } from "./lib/run.ts";
import { Undo, untilStopped } from "./lib/undo.ts";

/** `npm run worker`: the job queue alone, on a database that is migrated already. */
export async function main(): Promise<void> {
  const undo = new Undo();
  await untilStopped(undo, async (fail) => {
    const worker = await runWorker(await connectionOf("worker", undo, fail));
    undo.add("worker", worker.stop);
    console.log("The worker waits for jobs.");
  });
}
