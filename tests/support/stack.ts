import { runServer, runWorker } from "../../bin/lib/run.ts";
import { type Cluster, type Content, createTestDatabase, startCluster } from "./cluster.ts";

export interface StackOptions {
  /** Fill the database with the demo casino. */
  readonly demo?: boolean;
  /** Run the worker too. */
  readonly worker?: boolean;
}

/** A database of its own and a GraphQL server on it. */
export interface Stack {
  readonly url: string;
  readonly ownerUrl: string;
  readonly gatewayUrl: string;
  readonly workerUrl: string;
  /** Home of the test cluster, for its generated passwords. */
  readonly home: string;
  stop(): Promise<void>;
}

/** The variable in which the global set-up hands its cluster to the test files. */
export const clusterVariable = "PITLEDGER_TEST_CLUSTER";

/** Starts a server on a fresh copy of the migrated template. */
export async function startStack(options: StackOptions = {}): Promise<Stack> {
  const database = await startDatabase(options.demo ? "demo" : "empty");
  const stops = [database.stop];
  const stop = async () => {
    for (const each of stops.reverse()) await each();
  };
  try {
    const server = await runServer(database.gatewayUrl, 0);
    stops.push(() => server.stop());
    if (options.worker) {
      const worker = await runWorker(database.workerUrl);
      stops.push(() => worker.stop());
    }
    const { ownerUrl, gatewayUrl, workerUrl, home } = database;
    return { url: server.url, ownerUrl, gatewayUrl, workerUrl, home, stop };
  } catch (thrown) {
    await stop();
    throw thrown;
  }
}

/** The same without a server. */
export async function startDatabase(content: Content = "empty"): Promise<Omit<Stack, "url">> {
  const shared = process.env[clusterVariable];
  const own = shared ? undefined : await startCluster();
  const database = await createTestDatabase(own ?? (JSON.parse(shared ?? "") as Cluster), content);
  const { ownerUrl, gatewayUrl, workerUrl, home } = database;
  return { ownerUrl, gatewayUrl, workerUrl, home, stop: () => own?.stop() ?? database.drop() };
}
