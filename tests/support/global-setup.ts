import { startCluster } from "./cluster.ts";
import { clusterVariable } from "./stack.ts";

/** One PostgreSQL for all test files of a run. */
export default async function setUp(): Promise<() => Promise<void>> {
  const cluster = await startCluster();
  const { home, ownerUrl, gatewayUrl, workerUrl } = cluster;
  process.env[clusterVariable] = JSON.stringify({ home, ownerUrl, gatewayUrl, workerUrl });
  return cluster.stop;
}
