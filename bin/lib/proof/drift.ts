import { printTable } from "./table.ts";

/** A difference between a cache and what it is made of. */
export interface Drift {
  readonly player?: string | null;
  readonly patron?: string | null;
  readonly day?: string | null;
  readonly entry?: string | null;
  readonly what: string;
  readonly expected: string | null;
  readonly actual: string | null;
}

export function printDrift(drift: readonly Drift[]): void {
  printTable(
    ["player or patron", "gaming day", "entry", "what", "expected", "actual"],
    drift.map(({ player, patron, day, entry, what, expected, actual }) => [
      player ?? patron ?? "",
      day ?? "",
      entry ?? "",
      what,
      expected ?? "",
      actual ?? "",
    ]),
  );
}
