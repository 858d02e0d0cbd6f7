import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, expect, test } from "vitest";
import { readLine } from "../../bin/lib/replay/feed.ts";
import { Interrupted, Interruption } from "../../bin/lib/replay/interruption.ts";
import { type Outcome, Sender } from "../../bin/lib/replay/sender.ts";

type Reply = { readonly status?: number; readonly body: unknown };

const servers: Server[] = [];
const interruptions: Interruption[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
  for (const interruption of interruptions.splice(0)) interruption.stopListening();
});

const applied = (key: string): Outcome => ({ key, outcome: "applied", code: null });
const accept = (events: readonly { key: string }[]): Reply => ({
  body: { data: { ingestEvents: { ingestedOutcomes: events.map(({ key }) => applied(key)) } } },
});
const fail = (code: string, message = "No."): Reply => ({
  body: { data: null, errors: [{ message, extensions: { code } }] },
});

/** A sender to a server that replies as the test says; gives the keys of every request too. */
async function senderTo(reply: (events: { key: string }[], request: number) => Reply, patience = 5) {
  const requests: string[][] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const { variables } = JSON.parse(Buffer.concat(chunks).toString()) as { variables: { events: { key: string }[] } };
    requests.push(variables.events.map(({ key }) => key));
    const { status = 200, body } = reply(variables.events, requests.length);
    response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const interruption = new Interruption(() => undefined);
  interruptions.push(interruption);
  const reasons: string[] = [];
  const sender = new Sender({
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    session: { cookie: "pit_session=1.x", claim: "" },
    interruption,
    patience,
    onRetry: (reason) => reasons.push(reason),
  });
  return { sender, requests, reasons };
}

const lines = ["a", "b", "c", "d"].map((key, at) => ({ number: at + 1, json: JSON.stringify({ key }) }));

test("a list is sent again after an answer that may pass, until it is taken", async () => {
  const replies = [{ status: 502, body: {} }, fail("RETRY"), fail("UNAVAILABLE"), fail("INTERNAL_ERROR")];
  const { sender, requests, reasons } = await senderTo((events, request) => replies[request - 1] ?? accept(events));
  expect(await sender.send(lines)).toEqual(["a", "b", "c", "d"].map(applied));
  expect(requests).toHaveLength(5);
  expect(reasons).toEqual(["The server answered 502.", "No.", "No.", "No."]);
});

test("a list that takes too long goes in halves, in order", async () => {
  const { sender, requests } = await senderTo((events) => (events.length > 1 ? fail("TIMEOUT") : accept(events)));
  expect(await sender.send(lines)).toEqual(["a", "b", "c", "d"].map(applied));
  expect(requests.filter(({ length }) => length === 1).flat()).toEqual(["a", "b", "c", "d"]);
});

test("a fault that stays is given up with the lines that it is about", async () => {
  const { sender, requests } = await senderTo(() => fail("INTERNAL_ERROR", "Something went wrong."));
  await expect(sender.send(lines)).rejects.toThrow("Lines 1 to 4 could not be sent: Something went wrong.");
  expect(requests).toHaveLength(5);
});

test.each([
  ["UNAUTHORIZED", "PITLEDGER_URL must lead to the server whose database"],
  ["OPERATION_NOT_ALLOWED", "The server refused the request (OPERATION_NOT_ALLOWED): No."],
])("%s is told at once", async (code, said) => {
  const { sender, requests } = await senderTo(() => fail(code));
  await expect(sender.send(lines)).rejects.toThrow(said);
  expect(requests).toHaveLength(1);
});

test("something else that answers there is told", async () => {
  const { sender } = await senderTo(() => ({ status: 404, body: "nothing here" }));
  await expect(sender.send(lines)).rejects.toThrow("(status 404) isn't PitLedger.");
});

test("Ctrl-C while the server is away ends the waiting", async () => {
  const { sender } = await senderTo(() => ({ status: 503, body: {} }), 60);
  const sending = sender.send(lines);
  process.emit("SIGINT");
  await expect(sending).rejects.toThrow(Interrupted);
});

test("what PostgreSQL can't store becomes text that it can refuse", () => {
  expect(readLine('{"key":"k", "at": 1}')).toBe('{"key":"k","at":1}');
  expect(JSON.parse(readLine('{"key":"\\u0000"}'))).toBe('{"key":"\\u0000"}');
  expect(JSON.parse(readLine("half \ud800 and \0"))).toBe("half \ufffd and \ufffd");
  expect(JSON.parse(readLine("x".repeat(20_000)))).toHaveLength(200);
});
