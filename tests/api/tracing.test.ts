import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openTraces } from "../../graphql/tracing/traces.ts";
import type { Client } from "./support/client.ts";
import { complete, documents, enroll, nextSeat, playFor } from "./support/floor.ts";
import { type House, newKey, openHouse } from "./support/house.ts";

interface Span {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly name: string;
  readonly attributes: { key: string; value: Record<string, unknown> }[];
}

/** A collector as it would be anywhere, and what it was sent. */
const spans: Span[] = [];
const bodies: string[] = [];
let collector: Server;
let house: House;
let boss: Client;

beforeAll(async () => {
  collector = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const body = Buffer.concat(chunks).toString("utf8");
      bodies.push(body);
      const { resourceSpans } = JSON.parse(body) as { resourceSpans: { scopeSpans: { spans: Span[] }[] }[] };
      for (const { scopeSpans } of resourceSpans) for (const scope of scopeSpans) spans.push(...scope.spans);
      response.writeHead(200, { "content-type": "application/json" });
      response.end("{}");
    });
  });
  await new Promise<void>((resolve) => collector.listen(0, "127.0.0.1", resolve));
  const { port } = collector.address() as AddressInfo;
  process.env.OTEL_EXPORTER_OTLP_ENDPOINT = `http://127.0.0.1:${port}`;
  house = await openHouse();
  boss = await house.as("pit_boss");
});
afterAll(async () => {
  await house.close();
  delete process.env.OTEL_EXPORTER_OTLP_ENDPOINT;
  collector.closeAllConnections();
  collector.close();
});

const traceId = "0af7651916cd43dd8448eb211c80319c";
const callerSpan = "b7ad6b7169203331";

async function arrived(name: string, of = traceId): Promise<Span> {
  const find = () => spans.find((span) => span.name === name && span.traceId === of);
  await expect.poll(() => find()?.name, { timeout: 20_000 }).toBe(name);
  return find() as Span;
}

const attributesOf = ({ attributes }: Span) =>
  Object.fromEntries(attributes.map(({ key, value }) => [key, Object.values(value)[0]]));

test("a request, its operation and its SQL arrive as one trace, beneath the caller's span", async () => {
  const playerId = await enroll(boss);
  const answer = await boss.post(
    {
      query: documents.redeem.replace("mutation redeem", "mutation Redeem"),
      variables: { input: { playerId, points: "1", reason: "Buffet for Cassandra", idempotencyKey: newKey() } },
    },
    { traceparent: `00-${traceId}-${callerSpan}-01`, "x-correlation-id": "trace-1" },
  );
  expect(answer.errors[0]?.extensions.code).toBe("INSUFFICIENT_BALANCE");

  const request = await arrived("POST /graphql");
  const operation = await arrived("mutation Redeem");
  const statement = await arrived("select loyalty.redeem");
  expect(request.parentSpanId).toBe(callerSpan);
  expect(operation.parentSpanId).toBe(request.spanId);
  expect(statement.parentSpanId).toBe(operation.spanId);
  expect(attributesOf(request)).toMatchObject({ "http.route": "/graphql", "pitledger.correlation_id": "trace-1" });
  expect(attributesOf(operation)).toMatchObject({
    "graphql.operation.name": "Redeem",
    "pitledger.outcome": "INSUFFICIENT_BALANCE",
    "pitledger.correlation_id": "trace-1",
  });
  expect(attributesOf(statement)).toEqual({
    "db.system.name": "postgresql",
    "db.operation.name": "select",
    "db.query.summary": "select loyalty.redeem",
    "error.type": "LYBAL",
  });
});

test("a job has its trace, found by the correlation id of what caused it", async () => {
  await house.load("BARE", { policy: null });
  const other = await house.as("pit_boss", "BARE");
  const slip = await playFor(60, other, await nextSeat(other, other));
  const { outcome, correlationId } = await complete(other, slip.ratingSlipId);
  expect(outcome).toBe("pending");
  await house.work();
  const isOurs = (span: Span) =>
    span.name === "job loyalty/recover_accruals" && attributesOf(span)["pitledger.correlation_id"] === correlationId;
  await expect.poll(() => spans.some(isOurs), { timeout: 20_000 }).toBe(true);
  const job = spans.find(isOurs) as Span;
  const statement = await arrived("select loyalty.recover_accrual_job", job.traceId);
  expect(statement.parentSpanId).toBe(job.spanId);
});

test("no span says anything personal: no variable, name, reason, ticket, id of a person or text of a query", async () => {
  const sent = bodies.join("\n");
  expect(sent).not.toMatch(/Ada|Byron|1980-|Cassandra|Buffet|C\d{6}|set_config|\d\.[0-9a-f]{64}/);
  expect(sent).not.toContain(boss.token);
  const known = /^(http|graphql|db|pitledger|error|service|telemetry|process|host)\./;
  for (const { attributes } of spans) for (const { key } of attributes) expect(key).toMatch(known);
});

test("without a place to send them there is nothing: no traces, and none of their libraries", async () => {
  const { OTEL_EXPORTER_OTLP_ENDPOINT } = process.env;
  try {
    delete process.env.OTEL_EXPORTER_OTLP_ENDPOINT;
    expect(await openTraces("gateway")).toBeUndefined();
    process.env.PITLEDGER_TRACES = "off";
    process.env.OTEL_EXPORTER_OTLP_ENDPOINT = OTEL_EXPORTER_OTLP_ENDPOINT;
    expect(await openTraces("gateway")).toBeUndefined();
  } finally {
    delete process.env.PITLEDGER_TRACES;
    process.env.OTEL_EXPORTER_OTLP_ENDPOINT = OTEL_EXPORTER_OTLP_ENDPOINT;
  }
});
