import { setTimeout as sleep } from "node:timers/promises";
import feedOperations from "../../../graphql/feed-operations.json" with { type: "json" };
import { messageOf, Sentence } from "../sentence.ts";
import type { Line } from "./feed.ts";
import { Interrupted, type Interruption } from "./interruption.ts";
import type { SenderSession } from "./session.ts";

/** What became of one event. */
export interface Outcome {
  readonly key: string | null;
  readonly outcome: "applied" | "replayed" | "refused";
  readonly code: string | null;
}

export interface SenderOptions {
  /** Address of the server, without a path. */
  readonly url: string;
  readonly session: SenderSession;
  readonly interruption: Interruption;
  /** Seconds for which a list is sent again and again before the sender gives up. */
  readonly patience: number;
  /** Hears why a list is sent again. */
  readonly onRetry: (reason: string) => void;
}

const [mutation = ""] = Object.values(feedOperations);

/** Longer than the server takes for any request before it gives up itself. */
const requestTimeout = 20_000;

/** How often a list is repeated after a fault of the server, which may well be the list's. */
const mostFaults = 5;

/** The server couldn't do it now; the same request may succeed later. */
class Passing extends Error {
  readonly code: string;

  constructor(message: string, code: string) {
    super(message);
    this.code = code;
  }
}

/**
 * Sends lists of events, one at a time. Sending a list again is always safe: the database knows
 * the events that it has applied.
 */
export class Sender {
  readonly #options: SenderOptions;

  constructor(options: SenderOptions) {
    this.#options = options;
  }

  /** The outcome of each line, in order. */
  async send(lines: readonly Line[]): Promise<Outcome[]> {
    const begun = Date.now();
    const { interruption, patience, onRetry } = this.#options;
    for (let attempt = 1; ; attempt++) {
      interruption.throwIfWished();
      try {
        return await this.#request(lines);
      } catch (thrown) {
        if (interruption.demanded.aborted) throw new Interrupted();
        if (!(thrown instanceof Passing)) throw thrown;
        if (thrown.code === "TIMEOUT" && lines.length > 1) return this.#sendHalves(lines);
        const isOver = Date.now() - begun > patience * 1_000;
        if (isOver || (thrown.code === "INTERNAL_ERROR" && attempt >= mostFaults)) throw this.#giveUp(lines, thrown);
        onRetry(thrown.message);
        await sleep(Math.min(100 * 2 ** attempt, 3_000), undefined, { signal: interruption.wished }).catch(
          () => undefined,
        );
      }
    }
  }

  /** A busy server may manage half of it within its time. */
  async #sendHalves(lines: readonly Line[]): Promise<Outcome[]> {
    const middle = Math.ceil(lines.length / 2);
    return [...(await this.send(lines.slice(0, middle))), ...(await this.send(lines.slice(middle)))];
  }

  #giveUp(lines: readonly Line[], reason: Error): Sentence {
    const [first, last] = [lines[0]?.number, lines.at(-1)?.number];
    return new Sentence(
      `Lines ${first} to ${last} could not be sent: ${reason.message} What was sent before them is kept; run the same command again to go on.`,
    );
  }

  async #request(lines: readonly Line[]): Promise<Outcome[]> {
    const { status, text } = await this.#post(lines);
    if (status >= 500 || status === 408 || status === 429) throw new Passing(`The server answered ${status}.`, "");
    const answer = parse(text);
    const error = answer?.errors?.[0];
    if (error) throw explain(error);
    const outcomes = answer?.data?.ingestEvents?.ingestedOutcomes;
    if (!outcomes) throw new Sentence(`What answers at ${this.#options.url} (status ${status}) isn't PitLedger.`);
    if (outcomes.length !== lines.length) throw new Error(`${outcomes.length} outcomes for ${lines.length} events.`);
    return outcomes;
  }

  async #post(lines: readonly Line[]): Promise<{ status: number; text: string }> {
    const { url, session, interruption } = this.#options;
    const events = lines.map((line) => line.json).join(",");
    try {
      const response = await fetch(`${url}/graphql`, {
        method: "POST",
        headers: { "content-type": "application/json", cookie: session.cookie },
        body: `{"query":${JSON.stringify(mutation)},"variables":{"events":[${events}]}}`,
        signal: AbortSignal.any([interruption.demanded, AbortSignal.timeout(requestTimeout)]),
        redirect: "error",
      });
      return { status: response.status, text: await response.text() };
    } catch (thrown) {
      const reason = thrown instanceof Error && thrown.cause ? messageOf(thrown.cause) : messageOf(thrown);
      throw new Passing(`The server at ${url} can't be reached (${reason}).`, "");
    }
  }
}

interface Answer {
  readonly data?: { readonly ingestEvents?: { readonly ingestedOutcomes?: Outcome[] | null } | null } | null;
  readonly errors?: readonly AnswerError[];
}

interface AnswerError {
  readonly message: string;
  readonly extensions?: { readonly code?: string; readonly hint?: string };
}

function parse(text: string): Answer | undefined {
  try {
    return JSON.parse(text) as Answer;
  } catch {
    return undefined;
  }
}

function explain({ message, extensions }: AnswerError): Error {
  const { code = "", hint = "" } = extensions ?? {};
  if (["RETRY", "UNAVAILABLE", "TIMEOUT", "INTERNAL_ERROR"].includes(code)) return new Passing(message, code);
  if (code === "UNAUTHORIZED") {
    return new Sentence(
      "The server doesn't know the session that was just opened: PITLEDGER_URL must lead to the server whose database is under PITLEDGER_HOME or DATABASE_URL.",
    );
  }
  return new Sentence(`The server refused the request (${code || "no code"}): ${message} ${hint}`.trimEnd());
}
