import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";
import { catalogue, type Definition, type LabelsOf, type NameOf, prefix } from "./catalogue.ts";

export type Process = "gateway" | "worker";

/** One figure as the database gives it. */
export interface Figure {
  readonly name: string;
  readonly labels: Record<string, string>;
  readonly value: number;
}

/** What one process counts of itself, and how it is written for Prometheus. */
export class Metrics {
  readonly registry = new Registry();
  readonly #counters = new Map<string, Counter>();
  readonly #gauges = new Map<string, Gauge>();
  readonly #histograms = new Map<string, Histogram>();
  readonly #ofDatabase = new Set<string>();
  readonly #beforeScrape: (() => Promise<void> | void)[] = [];

  constructor(process: Process) {
    collectDefaultMetrics({ register: this.registry, prefix });
    for (const [name, definition] of Object.entries<Definition>(catalogue)) {
      const fromDatabase = process === "gateway" && definition.of.includes("database");
      if (fromDatabase) this.#ofDatabase.add(name);
      if (fromDatabase || definition.of.includes(process)) this.#add(name, definition);
    }
  }

  #add(name: string, { kind, help, labels, buckets }: Definition): void {
    const options = { name: prefix + name, help, labelNames: [...labels], registers: [this.registry] };
    if (kind === "counter") this.#counters.set(name, new Counter(options));
    else if (kind === "gauge") this.#gauges.set(name, new Gauge(options));
    else this.#histograms.set(name, new Histogram({ ...options, ...(buckets ? { buckets: [...buckets] } : {}) }));
  }

  count<Name extends NameOf<"counter">>(name: Name, labels: LabelsOf<Name>, by = 1): void {
    this.#counters.get(name)?.inc(labels, by);
  }

  observe<Name extends NameOf<"histogram">>(name: Name, labels: LabelsOf<Name>, seconds: number): void {
    this.#histograms.get(name)?.observe(labels, Math.max(0, seconds));
  }

  set<Name extends NameOf<"gauge">>(name: Name, labels: LabelsOf<Name>, value: number): void {
    this.#gauges.get(name)?.set(labels, value);
  }

  /** Replaces everything that came from the database; undefined when it couldn't be asked. */
  setFigures(figures: readonly Figure[] | undefined): void {
    this.set("database_up", {}, figures ? 1 : 0);
    for (const name of this.#ofDatabase) this.#gauges.get(name)?.reset();
    // A gauge without labels is 0 after a reset, which would be an answer.
    if (!figures) for (const name of this.#ofDatabase) this.#gauges.get(name)?.remove({});
    for (const { name, labels, value } of figures ?? []) {
      if (this.#ofDatabase.has(name)) this.#gauges.get(name)?.set(labels, value);
    }
  }

  /** What is looked at only when somebody asks. */
  beforeScrape(look: () => Promise<void> | void): void {
    this.#beforeScrape.push(look);
  }

  async render(): Promise<string> {
    await Promise.all(this.#beforeScrape.map((look) => look()));
    return this.registry.metrics();
  }
}
