import { readFileSync } from "node:fs";
import { join } from "node:path";
import pg from "pg";
import type { Stack } from "../../support/stack.ts";

/** The people of a trial's casino, by what a request passes on of their sessions. */
export interface House {
  readonly casinoId: number;
  readonly bosses: readonly [string, string];
  readonly marketing: readonly [string, string];
  readonly admin: string;
  readonly feed: string;
}

export interface Row {
  readonly [column: string]: unknown;
}

/** What a command gave: its result as JSON, or the SQLSTATE that refused it. */
export type Outcome =
  | { readonly result: Row; readonly refused?: never }
  | { readonly result?: never; readonly refused: string };

/** A connection that takes one message at a time, in the order in which they are given to it. */
class Line {
  readonly #client: pg.Client;
  #last: Promise<unknown> = Promise.resolve();

  private constructor(client: pg.Client) {
    this.#client = client;
  }

  static async open(connectionString: string): Promise<Line> {
    const client = new pg.Client({ connectionString });
    await client.connect();
    return new Line(client);
  }

  send<T extends Row>(message: string, values?: unknown[]): Promise<pg.QueryResult<T> | pg.QueryResult<T>[]> {
    const answer = this.#last.then(() => this.#client.query<T>(message, values));
    this.#last = answer.catch(() => undefined);
    return answer;
  }

  /** Sends calls of which the last gives one column, `result`. */
  async attempt(message: string): Promise<Outcome> {
    try {
      const results = await this.send<{ result: Row }>(message);
      const last = Array.isArray(results) ? results.at(-1) : results;
      return { result: (last?.rows[0] as { result: Row }).result };
    } catch (thrown) {
      if (thrown instanceof pg.DatabaseError && thrown.code) return { refused: thrown.code };
      throw thrown;
    }
  }

  close(): Promise<void> {
    return this.#client.end();
  }
}

/** Connections as the gateway, the worker and the owner have them. */
export class Trial {
  readonly #gateway: readonly Line[];
  readonly #worker: Line;
  readonly #owner: Line;

  private constructor(gateway: readonly Line[], worker: Line, owner: Line) {
    this.#gateway = gateway;
    this.#worker = worker;
    this.#owner = owner;
  }

  static async open(
    database: Pick<Stack, "ownerUrl" | "gatewayUrl" | "workerUrl">,
    connections: number,
  ): Promise<Trial> {
    const owner = await Line.open(database.ownerUrl);
    await owner.send(readFileSync(join(import.meta.dirname, "trial.sql"), "utf8"));
    const gateway = await Promise.all(Array.from({ length: connections }, () => Line.open(database.gatewayUrl)));
    return new Trial(gateway, await Line.open(database.workerUrl), owner);
  }

  async close(): Promise<void> {
    await Promise.all([...this.#gateway, this.#worker, this.#owner].map((line) => line.close()));
  }

  /** Asks as the owner, whom row-level security doesn't stop. */
  async rows<T extends Row>(query: string, values: unknown[] = []): Promise<T[]> {
    const result = await this.#owner.send<T>(query, values);
    return Array.isArray(result) ? [] : result.rows;
  }

  /** Runs a call as a signed-in person, in one transaction and one message. */
  as(connection: number, claim: string, call: string): Promise<Outcome> {
    const line = this.#gateway[connection % this.#gateway.length] as Line;
    return line.attempt(
      `select set_config('role', 'pit_staff', true), set_config('pit.session', ${quote(claim)}, true);
      select to_jsonb(r) as result from (select ${call} as r) as call`,
    );
  }

  /** Runs a casino's recurring job now, as the worker would. */
  async work(casinoId: number, task: string, jobFunction: string): Promise<Outcome> {
    const [job] = await this.rows<{ ticket: string }>("select trial.ticket($1, $2) as ticket", [casinoId, task]);
    const call = `${jobFunction}(${quote(job?.ticket ?? "")})`;
    return this.#worker.attempt(`select to_jsonb(r) as result from (select ${call} as r) as call`);
  }
}

export const quote = (value: string) => pg.escapeLiteral(value);
