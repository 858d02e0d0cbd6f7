import { type Call, type PathName, type Paths, pathTitles } from "./paths.ts";
import type { Wire } from "./wire.ts";

/** What one run of a path measured. */
export interface Sample {
  readonly path: PathName;
  readonly connections: number;
  readonly calls: number;
  /** Calls a second. */
  readonly rate: number;
  /** Latencies in milliseconds. */
  readonly p50: number;
  readonly p99: number;
  /** Processor time of this process, of one core: when it nears 1, the client is what is measured. */
  readonly client: number;
}

/** Calls one path on all connections, each as fast as it can, for so many seconds. */
export async function takeSample(
  wires: readonly Wire[],
  paths: Paths,
  path: PathName,
  seconds: number,
): Promise<Sample> {
  const latencies: number[] = [];
  const processor = process.cpuUsage();
  const start = performance.now();
  const end = start + seconds * 1_000;
  await Promise.all(
    wires.map(async (wire) => {
      for (let before = performance.now(); before < end; ) {
        const call = paths.next(path);
        if (call === undefined) return;
        await send(wire, call, path);
        const after = performance.now();
        latencies.push(after - before);
        before = after;
      }
    }),
  );
  const elapsed = performance.now() - start;
  const { user, system } = process.cpuUsage(processor);
  latencies.sort((one, other) => one - other);
  return {
    path,
    connections: wires.length,
    calls: latencies.length,
    rate: (latencies.length / elapsed) * 1_000,
    p50: quantile(latencies, 0.5),
    p99: quantile(latencies, 0.99),
    client: (user + system) / 1_000 / elapsed,
  };
}

/** Sends calls that aren't measured, spread over the connections. */
export async function sendAll(wires: readonly Wire[], calls: Iterator<Call>, path: PathName): Promise<void> {
  await Promise.all(
    wires.map(async (wire) => {
      for (let next = calls.next(); !next.done; next = calls.next()) await send(wire, next.value, path);
    }),
  );
}

async function send(wire: Wire, call: Call, path: PathName): Promise<void> {
  const [answer] = await wire.run(call.settings, call.text, call.values);
  if (call.answer !== undefined && answer !== call.answer) {
    throw new Error(`${pathTitles[path]} answered ${answer} instead of ${call.answer}.`);
  }
}

function quantile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}
