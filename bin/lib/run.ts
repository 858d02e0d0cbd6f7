import { Sentence } from "./sentence.ts";
import { explainPort } from "./undo.ts";
import { webRoot } from "./web.ts";

interface Running {
  readonly url: string;
  stop(): Promise<void>;
}

/** The port of `PORT`, 4000 unless set. */
export function portOf(text: string | undefined = process.env.PORT): number {
  return readPort("PORT", text || "4000");
}

/** The worker's own port for its metrics; there is none unless it is set. */
export function workerPortOf(text: string | undefined = process.env.PITLEDGER_WORKER_METRICS_PORT): number | undefined {
  return text ? readPort("PITLEDGER_WORKER_METRICS_PORT", text) : undefined;
}

function readPort(variable: string, text: string): number {
  const port = Number(text);
  if (Number.isInteger(port) && port >= 0 && port < 65_536) return port;
  throw new Sentence(`${variable} is "${text}", which is no port number.`);
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
  const metricsPort = workerPortOf();
  const { startWorker } = await import("../../worker/start.ts");
  try {
    return await startWorker({ workerUrl, metricsPort });
  } catch (thrown) {
    throw explainPort(thrown, metricsPort ?? 0, "PITLEDGER_WORKER_METRICS_PORT");
  }
}
