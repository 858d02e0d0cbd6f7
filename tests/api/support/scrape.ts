/** What a scrape gave: the value of each series, by its name and labels as Prometheus writes them. */
export class Scrape {
  readonly text: string;
  readonly #values = new Map<string, number>();

  constructor(text: string) {
    this.text = text;
    for (const line of text.split("\n")) {
      const match = /^([a-zA-Z_:][\w:]*)(?:\{(.*)\})? (\S+)$/.exec(line);
      if (match?.[1]) this.#values.set(seriesOf(match[1], labelsOf(match[2] ?? "")), Number(match[3]));
    }
  }

  static async of(url: string, headers: Record<string, string> = {}): Promise<Scrape> {
    const response = await fetch(`${url}/metrics`, { headers });
    if (!response.ok) throw new Error(`${url}/metrics answered ${response.status}.`);
    return new Scrape(await response.text());
  }

  /** Undefined when there is no such series. */
  value(name: string, labels: Record<string, string> = {}): number | undefined {
    return this.#values.get(seriesOf(`pitledger_${name}`, labels));
  }

  /** Each series that was scraped: its name, and its labels. */
  get series(): { name: string; labels: Record<string, string> }[] {
    return [...this.#values.keys()].map((key) => {
      const [name = "", ...labels] = JSON.parse(key) as [string, ...[string, string][]];
      return { name, labels: Object.fromEntries(labels) };
    });
  }
}

function seriesOf(name: string, labels: Record<string, string>): string {
  return JSON.stringify([name, ...Object.entries(labels).sort(([a], [b]) => (a < b ? -1 : 1))]);
}

function labelsOf(text: string): Record<string, string> {
  const pairs = [...text.matchAll(/([a-zA-Z_]\w*)="((?:[^"\\]|\\.)*)"/g)];
  return Object.fromEntries(pairs.map(([, name = "", value = ""]) => [name, value]));
}
