import type { IncomingHttpHeaders } from "node:http";
import type { Pool } from "pg";

export type Attributes = Readonly<Record<string, string | number>>;

export interface OpenSpan {
  set(attributes: Attributes): void;
}

/** Spans as this project needs them; there is nothing behind it unless traces are on. */
export interface Traces {
  /** A request from outside, beneath the span that its traceparent names. */
  server<T>(start: { name: string; headers: IncomingHttpHeaders }, work: (span: OpenSpan) => Promise<T>): Promise<T>;
  /** A job; nobody outside waits for it. */
  job<T>(start: { name: string; attributes: Attributes }, work: () => Promise<T>): Promise<T>;
  /** A step of what is under way; SQL within it lies beneath it. */
  within<T>(start: { name: string }, work: (span: OpenSpan) => Promise<T>): Promise<T>;
  /** From now on every statement of this pool has its span. */
  watch(pool: Pool): void;
  /** Sends what is left. */
  stop(): Promise<void>;
}

/**
 * Traces are off unless OTEL_EXPORTER_OTLP_ENDPOINT says where to send them, or PITLEDGER_TRACES=on
 * to the usual place; off, not even the libraries are loaded.
 */
export async function openTraces(service: "gateway" | "worker"): Promise<Traces | undefined> {
  const asked = process.env.PITLEDGER_TRACES?.toLowerCase() ?? "";
  const endpoint = process.env.OTEL_EXPORTER_OTLP_ENDPOINT || process.env.OTEL_EXPORTER_OTLP_TRACES_ENDPOINT;
  if (["off", "0", "false", "no"].includes(asked) || (!endpoint && asked === "")) return undefined;
  const { OtlpTraces } = await import("./otlp.ts");
  return new OtlpTraces(service);
}
