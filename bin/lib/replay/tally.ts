import type { Outcome } from "./sender.ts";

export interface Refusal {
  readonly key: string | null;
  readonly code: string;
}

/** What became of the events of one run. */
export class Tally {
  applied = 0;
  replayed = 0;
  readonly refused: Refusal[] = [];

  add(outcomes: readonly Outcome[]): void {
    for (const { key, outcome, code } of outcomes) {
      if (outcome === "applied") this.applied += 1;
      else if (outcome === "replayed") this.replayed += 1;
      else this.refused.push({ key, code: code ?? "" });
    }
  }

  get total(): number {
    return this.applied + this.replayed + this.refused.length;
  }

  /** Codes by how often they refused an event, the most frequent first. */
  reasons(): [code: string, count: number][] {
    const byCode = Map.groupBy(this.refused, ({ code }) => code);
    return [...byCode].map(([code, all]): [string, number] => [code, all.length]).sort((a, b) => b[1] - a[1]);
  }
}
