import { mkdirSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { dirname } from "node:path";
import { type PathName, pathNames, pathTitles } from "./paths.ts";
import type { Sample } from "./sample.ts";

/** The middle of all samples of one path with one number of connections. */
export interface Median {
  readonly path: PathName;
  readonly connections: number;
  readonly rate: number;
  readonly p50: number;
  readonly p99: number;
  readonly client: number;
}

/** How two paths compare. */
export interface Ratio {
  readonly name: string;
  readonly connections: number;
  /** The median over the rounds: both samples of a round met the same weather. */
  readonly ratio: number;
  readonly lowest: number;
  readonly highest: number;
  /** The least that `--check` accepts, or the most. */
  readonly bar: number | undefined;
  readonly atMost: boolean;
}

export interface Report {
  readonly at: string;
  readonly machine: string;
  readonly settings: Readonly<Record<string, string>>;
  readonly options: Readonly<Record<string, number>>;
  readonly medians: readonly Median[];
  readonly ratios: readonly Ratio[];
  readonly samples: readonly Sample[];
}

const comparisons = [
  { name: "(b)/(a)", of: "reward", to: "floor", bars: { 8: 0.5 }, atMost: false },
  { name: "(c)/(a)", of: "completion", to: "floor", bars: {}, atMost: false },
  { name: "(d)/(b)", of: "replay", to: "reward", bars: { 8: 2 }, atMost: false },
  { name: "(e)/(f)", of: "entryFew", to: "entryMany", bars: { 1: 1.3, 8: 1.3 }, atMost: true },
] as const satisfies {
  name: string;
  of: PathName;
  to: PathName;
  bars: Record<number, number>;
  atMost: boolean;
}[];

export function makeReport(
  samples: readonly Sample[],
  settings: Report["settings"],
  options: Report["options"],
): Report {
  const chosen = pathNames.filter((path) => samples.some((sample) => sample.path === path));
  const connectionCounts = [...new Set(samples.map((sample) => sample.connections))];
  const of = (path: PathName, connections: number) =>
    samples.filter((sample) => sample.path === path && sample.connections === connections);
  return {
    at: new Date().toISOString(),
    machine: `${cpus().length} × ${cpus()[0]?.model ?? "unknown processor"}`,
    settings,
    options,
    medians: connectionCounts.flatMap((connections) =>
      chosen.map((path) => ({ path, connections, ...medianSample(of(path, connections)) })),
    ),
    ratios: connectionCounts.flatMap((connections) =>
      comparisons
        .filter((pair) => chosen.includes(pair.of) && chosen.includes(pair.to))
        .map((comparison) => {
          const base = of(comparison.to, connections);
          const ratios = of(comparison.of, connections).map((sample, round) => sample.rate / (base[round]?.rate ?? 0));
          const bars: Partial<Record<number, number>> = comparison.bars;
          return {
            name: comparison.name,
            connections,
            ratio: median(ratios),
            lowest: Math.min(...ratios),
            highest: Math.max(...ratios),
            bar: bars[connections],
            atMost: comparison.atMost,
          };
        }),
    ),
    samples,
  };
}

/** The ratios that miss their bar. */
export function misses(report: Report): Ratio[] {
  return report.ratios.filter(({ ratio, bar, atMost }) => bar !== undefined && !(atMost ? ratio <= bar : ratio >= bar));
}

/** A ratio's bar in words: "at least 0.5". */
export function barOf({ bar, atMost }: Ratio): string {
  return bar === undefined ? "" : `${atMost ? "at most" : "at least"} ${bar}`;
}

export function printReport(report: Report): void {
  console.log(`\n${report.machine}, PostgreSQL ${report.settings.server_version}, durable commits\n`);
  const rows = report.medians.map((row) => [
    pathTitles[row.path],
    String(row.connections),
    row.rate.toFixed(0),
    row.p50.toFixed(2),
    row.p99.toFixed(2),
    `${(row.client * 100).toFixed(0)} %`,
  ]);
  printTable(["path", "connections", "calls/s", "p50 ms", "p99 ms", "client"], rows);
  console.log();
  printTable(
    ["ratio", "connections", "median", "lowest", "highest", "bar"],
    report.ratios.map((row) => [
      row.name,
      String(row.connections),
      ...[row.ratio, row.lowest, row.highest].map((value) => value.toFixed(2)),
      barOf(row),
    ]),
  );
}

export function writeReport(report: Report, file: string): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify(report, null, 2)}\n`);
}

function printTable(head: readonly string[], rows: readonly (readonly string[])[]): void {
  const widths = head.map((title, column) => Math.max(title.length, ...rows.map((row) => row[column]?.length ?? 0)));
  for (const row of [head, ...rows]) {
    const cells = row.map((cell, column) =>
      column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0),
    );
    console.log(`  ${cells.join("  ")}`.trimEnd());
  }
}

function medianSample(samples: readonly Sample[]): Omit<Median, "path" | "connections"> {
  return {
    rate: median(samples.map((sample) => sample.rate)),
    p50: median(samples.map((sample) => sample.p50)),
    p99: median(samples.map((sample) => sample.p99)),
    client: median(samples.map((sample) => sample.client)),
  };
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((one, other) => one - other);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? Number.NaN)) / 2;
}
