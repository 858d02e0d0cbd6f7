import { AsyncLocalStorage } from "node:async_hooks";
import type { IncomingHttpHeaders } from "node:http";
import {
  type Context,
  isSpanContextValid,
  ROOT_CONTEXT,
  type Span,
  SpanKind,
  SpanStatusCode,
  trace,
} from "@opentelemetry/api";
import { OTLPTraceExporter } from "@opentelemetry/exporter-trace-otlp-http";
import { resourceFromAttributes } from "@opentelemetry/resources";
import { BatchSpanProcessor, NodeTracerProvider } from "@opentelemetry/sdk-trace-node";
import { ATTR_SERVICE_NAME } from "@opentelemetry/semantic-conventions";
import type { Pool, PoolClient } from "pg";
import { summaryOf } from "./statement.ts";
import type { Attributes, OpenSpan, Traces } from "./traces.ts";

/** Spans to an OTLP collector. Nothing global is registered, so several servers may share a process. */
export class OtlpTraces implements Traces {
  readonly #provider: NodeTracerProvider;
  readonly #current = new AsyncLocalStorage<Span>();

  constructor(service: string) {
    this.#provider = new NodeTracerProvider({
      resource: resourceFromAttributes({ [ATTR_SERVICE_NAME]: `pitledger-${service}` }),
      spanProcessors: [new BatchSpanProcessor(new OTLPTraceExporter(), { scheduledDelayMillis: 1_000 })],
    });
  }

  get #tracer() {
    return this.#provider.getTracer("pitledger");
  }

  server<T>(
    { name, headers }: { name: string; headers: IncomingHttpHeaders },
    work: (span: OpenSpan) => Promise<T>,
  ): Promise<T> {
    return this.#run(this.#tracer.startSpan(name, { kind: SpanKind.SERVER }, parentOf(headers)), work);
  }

  job<T>({ name, attributes }: { name: string; attributes: Attributes }, work: () => Promise<T>): Promise<T> {
    return this.#run(this.#tracer.startSpan(name, { kind: SpanKind.CONSUMER, attributes }, ROOT_CONTEXT), work);
  }

  within<T>({ name }: { name: string }, work: (span: OpenSpan) => Promise<T>): Promise<T> {
    return this.#run(this.#tracer.startSpan(name, {}, this.#context()), work);
  }

  #context(): Context {
    const span = this.#current.getStore();
    return span ? trace.setSpan(ROOT_CONTEXT, span) : ROOT_CONTEXT;
  }

  async #run<T>(span: Span, work: (span: OpenSpan) => Promise<T>): Promise<T> {
    try {
      return await this.#current.run(span, work, { set: (attributes) => void span.setAttributes(attributes) });
    } catch (thrown) {
      fail(span, thrown);
      throw thrown;
    } finally {
      span.end();
    }
  }

  watch(pool: Pool): void {
    pool.on("connect", (client) => this.#watchClient(client as PoolClient));
  }

  /** What runs beneath no span (health, live events) has none of its own. */
  #watchClient(client: PoolClient): void {
    const query = client.query.bind(client) as (...args: unknown[]) => unknown;
    const traced = (...args: unknown[]): unknown => {
      const summary = this.#current.getStore() ? summaryOf(args[0]) : undefined;
      if (!summary) return query(...args);
      const span = this.#tracer.startSpan(
        summary,
        {
          kind: SpanKind.CLIENT,
          attributes: {
            "db.system.name": "postgresql",
            "db.operation.name": summary.split(" ", 1)[0] ?? summary,
            "db.query.summary": summary,
          },
        },
        this.#context(),
      );
      const answer = query(...args);
      if (answer instanceof Promise) {
        answer.then(
          () => span.end(),
          (thrown: unknown) => {
            fail(span, thrown);
            span.end();
          },
        );
      } else span.end();
      return answer;
    };
    client.query = traced as typeof client.query;
  }

  async stop(): Promise<void> {
    const patience = new Promise<void>((resolve) => setTimeout(resolve, 3_000).unref());
    await Promise.race([this.#provider.shutdown().catch(() => undefined), patience]);
  }
}

/** The kind of an error; what it says may quote what it was about. */
function fail(span: Span, thrown: unknown): void {
  const code = thrown instanceof Error && "code" in thrown ? String(thrown.code) : undefined;
  span.setAttribute("error.type", code ?? (thrown instanceof Error ? thrown.constructor.name : "unknown"));
  span.setStatus({ code: SpanStatusCode.ERROR });
}

const traceparent = /^00-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})$/;

/** W3C trace context. */
function parentOf(headers: IncomingHttpHeaders): Context {
  const [, traceId = "", spanId = "", flags = "00"] = traceparent.exec(String(headers.traceparent ?? "").trim()) ?? [];
  const parent = { traceId, spanId, traceFlags: Number.parseInt(flags, 16), isRemote: true };
  return isSpanContextValid(parent) ? trace.setSpanContext(ROOT_CONTEXT, parent) : ROOT_CONTEXT;
}
