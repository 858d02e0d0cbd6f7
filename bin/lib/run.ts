import { Sentence } from "./sentence.ts";
import { explainPort } from "./undo.ts";
import { webRoot } from "./web.ts";

interface Running {
  readonly url: string;
  stop(): Promise<void>;
}

/** The port of `PORT`, 4000 unless set. */
export function portOf(text: string | undefined = process.env.PORT): number {
  const port = Number(text || 4000);
  if (Number.isInteger(port) && port >= 0 && port < 65_536) return port;
  throw new Sentence(`PORT is "${text}", which is no port number.`);
}

/** Starts the GraphQL server. Modules are loaded only here: they take most of the start's time. */
export async function runServer(gatewayUrl: string, port: number): Promise<Running> {
  const { startServer } = await import("../../graphql/server.ts");
  try {
    return await startServer({ gatewayUrl, port, webRoot });
  } catch (thrown) {
    throw explainPort(thrown, port);
  }
}

/** Starts the worker. */
export async function runWorker(workerUrl: string): Promise<Pick<Running, "stop">> {
  const { startWorker } = await import("../../worker/start.ts");
  return startWorker({ workerUrl });
}
