import { budgets } from "./budgets.ts";

/** One measured value; with a budget when it has one. */
export interface Figure {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  readonly most?: number;
}

export function within(budget: keyof typeof budgets, name: string, value: number): Figure {
  return { name, value, ...budgets[budget] };
}

export function isMissed({ value, most }: Figure): boolean {
  return most !== undefined && !(value <= most);
}

/** `missed` marks what is beyond its budget: it is measured again, or that was it. */
export function printFigures(figures: readonly Figure[], missed: "↻" | "✗" = "✗"): void {
  for (const figure of figures) {
    const { name, value, unit, most } = figure;
    const mark = most === undefined ? " " : isMissed(figure) ? missed : "✓";
    const budget = most === undefined ? "" : `  at most ${written(most)}`;
    console.log(`${mark} ${name.padEnd(58)} ${`${written(value)} ${unit}`.padStart(15)}${budget}`);
  }
}

function written(value: number): string {
  return value.toLocaleString("en-US", { maximumFractionDigits: value < 1 ? 4 : 0 });
}

export function median(values: readonly number[]): number {
  return percentile(values, 0.5);
}

/** The least value that so large a share of all values doesn't exceed. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
}
