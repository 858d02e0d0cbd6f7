import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { connect } from "../database.ts";
import type { Interruption } from "../replay/interruption.ts";
import { codeOf, messageOf, Sentence } from "../sentence.ts";

/**
 * The owner's connection of an import. Every call is a transaction of its own that may be made
 * again, so when the database goes away, it is waited for and the call repeated.
 */
export class Owner {
  readonly #url: string;
  readonly #options: OwnerOptions;
  #client: pg.Client | undefined;
  #isRehearsing = false;

  constructor(url: string, options: OwnerOptions) {
    this.#url = url;
    this.#options = options;
  }

  async query<Row extends pg.QueryResultRow>(text: string, values: unknown[] = []): Promise<Row[]> {
    const deadline = Date.now() + this.#options.patience * 1_000;
    for (;;) {
      this.#options.interruption.throwIfWished();
      try {
        this.#client ??= await connect(this.#url);
        return (await this.#client.query<Row>(text, values)).rows;
      } catch (thrown) {
        if (!isTransient(thrown)) throw explain(thrown);
        await this.end();
        if (this.#isRehearsing) throw new Sentence(`${gone(thrown)} Nothing was kept of the dry run.`);
        if (Date.now() >= deadline) throw new Sentence(`${gone(thrown)} Run the same command again to go on.`);
        this.#options.onRetry(`${gone(thrown)} Trying again…`);
        await sleep(500);
      }
    }
  }

  /** From now on everything happens in one transaction, which the end of the connection undoes. */
  async rehearse(): Promise<void> {
    await this.query("begin");
    this.#isRehearsing = true;
  }

  /** Another connection, unless everything happens in one transaction. */
  second(): Owner | undefined {
    return this.#isRehearsing ? undefined : new Owner(this.#url, this.#options);
  }

  async end(): Promise<void> {
    const client = this.#client;
    this.#client = undefined;
    await client?.end().catch(() => undefined);
  }
}

export interface OwnerOptions {
  /** Seconds to go on trying when the database doesn't answer. */
  readonly patience: number;
  readonly interruption: Interruption;
  readonly onRetry: (sentence: string) => void;
}

function gone(thrown: unknown): string {
  return `The database can't be reached (${messageOf(thrown)}).`;
}

/** Connections that broke, servers that start or stop, and transactions that met another. */
function isTransient(thrown: unknown): boolean {
  const code = codeOf(thrown);
  if (code === undefined) return /^(Connection terminated|timeout expired|Client )/.test(messageOf(thrown));
  return /^(08...|57P..|40...|53[123]..|ECONN.*|EPIPE|ETIMEDOUT)$/.test(code);
}

/** A refusal of the registry is for the person at the terminal; anything else is a fault. */
function explain(thrown: unknown): unknown {
  const code = codeOf(thrown) ?? "";
  if (!/^(ID|LY|OP)[A-Z]{3}$/.test(code) || !(thrown instanceof pg.DatabaseError)) return thrown;
  return new Sentence(`${thrown.message} ${thrown.hint ?? ""}`.trim());
}
