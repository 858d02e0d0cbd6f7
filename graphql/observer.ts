import type { IncomingMessage, ServerResponse } from "node:http";
import { type ExecutionArgs, getOperationAST } from "postgraphile/graphql";
import { correlationOf } from "./context.ts";
import type { Log } from "./log.ts";
import type { Metrics } from "./metrics/metrics.ts";
import type { Traces } from "./tracing/traces.ts";

export interface ObserverOptions {
  readonly log: Log;
  readonly metrics: Metrics;
  /** Names of operations that have figures of their own. */
  readonly known: ReadonlySet<string>;
  readonly traces?: Traces | undefined;
}

/** What a result of any kind has: an answer, or the refusal of a subscription. */
interface Outcome {
  readonly errors?: readonly { readonly extensions: Record<string, unknown> }[] | undefined;
}

/** What an HTTP request turned out to be. */
interface Note {
  readonly operation: string | null;
  readonly operation_type: string | null;
  readonly outcome: string;
}

/** Requests that are of interest only to whoever looks for them. */
const quiet = new Set(["web", "/healthz", "/readyz", "/metrics", "/graphiql"]);

/**
 * One line in the log and one count per HTTP request, and per operation of a websocket; a span of
 * each when traces are on. What they know of an operation is its name, its type and what came of
 * it, never its text or its variables.
 */
export class Observer {
  readonly #options: ObserverOptions;
  readonly #notes = new WeakMap<IncomingMessage, Note>();

  constructor(options: ObserverOptions) {
    this.#options = options;
  }

  /** Handles a request, and sees how it ends, also when nobody waits for its end any more. */
  request(
    request: IncomingMessage,
    response: ServerResponse,
    route: string,
    handle: () => Promise<void>,
  ): Promise<void> {
    const began = performance.now();
    const { log, metrics, traces } = this.#options;
    const method = request.method ?? "";
    response.once("close", () => {
      const seconds = (performance.now() - began) / 1_000;
      const status = response.writableFinished ? response.statusCode : 499;
      metrics.count("http_requests_total", { route, status: String(status) });
      metrics.observe("http_request_duration_seconds", { route }, seconds);
      const level = status >= 500 ? "warn" : quiet.has(route) ? "debug" : "info";
      log[level]({
        event: "request",
        method,
        route,
        status,
        ...this.#notes.get(request),
        duration_ms: milliseconds(seconds),
        correlation_id: correlationOf(request),
      });
    });
    if (!traces) return handle();
    return traces.server({ name: `${method} ${route}`, headers: request.headers }, async (span) => {
      span.set({
        "http.request.method": method,
        "http.route": route,
        "pitledger.correlation_id": correlationOf(request),
      });
      await handle();
      span.set({ "http.response.status_code": response.statusCode });
    });
  }

  /** A GraphQL request that never became an operation. */
  refused(request: IncomingMessage, code: string): void {
    if (this.#notes.has(request)) return;
    this.#notes.set(request, { operation: null, operation_type: null, outcome: code });
    this.#options.metrics.count("operations_total", { operation: "other", outcome: code });
    this.#options.metrics.count("refusals_total", { code });
  }

  async execute<T extends Outcome>(args: ExecutionArgs, run: () => Promise<T>): Promise<T> {
    const { traces } = this.#options;
    if (!traces) return this.#observe(args, run);
    const { type, label } = this.#describe(args);
    return traces.within({ name: `${type} ${label}` }, async (span) => {
      const result = await this.#observe(args, run);
      span.set({
        "graphql.operation.type": type,
        "graphql.operation.name": label,
        "pitledger.correlation_id": contextOf(args).correlationId,
        "pitledger.outcome": codeOf(result),
      });
      return result;
    });
  }

  /** The same until a subscription begins; then it counts as being served until it ends. */
  async subscribe<T, R extends Outcome>(
    args: ExecutionArgs,
    run: () => Promise<AsyncGenerator<T, void, void> | R>,
  ): Promise<AsyncGenerator<T, void, void> | R> {
    const result = await this.#observe(args, run);
    return Symbol.asyncIterator in result ? this.#serve(result) : result;
  }

  #subscriptions = 0;
  #serve<T>(events: AsyncGenerator<T, void, void>): AsyncGenerator<T, void, void> {
    const { metrics } = this.#options;
    const add = (more: number) => {
      this.#subscriptions += more;
      metrics.set("subscriptions", {}, this.#subscriptions);
    };
    let over = false;
    const end = () => {
      if (!over) add(-1);
      over = true;
    };
    add(1);
    return {
      async next() {
        const next = await events.next().catch((thrown: unknown) => {
          end();
          throw thrown;
        });
        if (next.done) end();
        return next;
      },
      return(value) {
        end();
        return events.return(value);
      },
      throw(thrown) {
        end();
        return events.throw(thrown);
      },
      [Symbol.asyncIterator]() {
        return this;
      },
      async [Symbol.asyncDispose]() {
        end();
        await events.return();
      },
    };
  }

  async #observe<T extends object>(args: ExecutionArgs, run: () => Promise<T>): Promise<T> {
    const began = performance.now();
    const result = await run();
    const { errors = [] } = result as Outcome;
    const seconds = (performance.now() - began) / 1_000;
    const { metrics, log } = this.#options;
    const { name, type, label } = this.#describe(args);
    const outcome = codeOf({ errors });
    metrics.count("operations_total", { operation: label, outcome });
    metrics.observe("operation_duration_seconds", { operation: label }, seconds);
    for (const { extensions } of errors) {
      metrics.count("refusals_total", { code: String(extensions.code) });
    }
    const { request, correlationId } = contextOf(args);
    const note: Note = { operation: name, operation_type: type, outcome };
    if (request) this.#notes.set(request, note);
    else {
      const duration_ms = milliseconds(seconds);
      log.info({ event: "request", method: "WS", ...note, duration_ms, correlation_id: correlationId });
    }
    return result;
  }

  #describe(args: ExecutionArgs) {
    const operation = getOperationAST(args.document, args.operationName);
    const name = operation?.name?.value.slice(0, 64) ?? null;
    const label = name !== null && this.#options.known.has(name) ? name : "other";
    return { name, type: operation?.operation ?? "query", label };
  }
}

/** What `makeContext` put there. */
function contextOf(args: ExecutionArgs): Grafast.Context {
  return args.contextValue as Grafast.Context;
}

function codeOf({ errors }: Outcome): string {
  const code = errors?.[0]?.extensions.code;
  return typeof code === "string" ? code : errors?.[0] ? "INTERNAL_ERROR" : "OK";
}

function milliseconds(seconds: number): number {
  return Math.round(seconds * 10_000) / 10;
}
