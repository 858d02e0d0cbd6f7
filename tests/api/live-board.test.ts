import { setTimeout as sleep } from "node:timers/promises";
import { CloseCode, type Client as SocketClient } from "graphql-ws";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { WebSocket } from "ws";
import type { ApiError, Client } from "./support/client.ts";
import { enroll, nextSeat, playFor, reward } from "./support/floor.ts";
import { type House, openHouse } from "./support/house.ts";

let house: House;
let boss: Client;
beforeAll(async () => {
  house = await openHouse();
  boss = await house.as("pit_boss");
});
afterAll(() => house.close());

interface Board {
  readonly pitBoardChanged: { query: { ratingSlips: { nodes: { ratingSlipId: string }[] } } } | null;
}

const query = `subscription { pitBoardChanged { query {
  ratingSlips(first: 100, filter: { state: { equalTo: "open" } }) { nodes { ratingSlipId } } } } }`;

interface Event {
  readonly data?: Board | null;
  readonly errors?: readonly ApiError[];
}

/** Collects what a subscription yields. */
function watch(client: Client, document = query): { events: Event[]; done: Promise<void>; socket: SocketClient } {
  const socket = client.socket();
  const events: Event[] = [];
  const done = new Promise<void>((resolve, reject) => {
    socket.subscribe(
      { query: document },
      { next: (event) => events.push(event as Event), error: reject, complete: resolve },
    );
  });
  done.catch(() => undefined);
  return { events, done, socket };
}

async function until(condition: () => boolean, milliseconds = 5_000): Promise<void> {
  const deadline = Date.now() + milliseconds;
  while (!condition()) {
    if (Date.now() > deadline) throw new Error("It didn't happen in time.");
    await sleep(10);
  }
}

function slipsIn(event: Event | undefined): string[] {
  return event?.data?.pitBoardChanged?.query.ratingSlips.nodes.map((slip) => slip.ratingSlipId) ?? [];
}

describe("the live board", () => {
  test("comes at once, and again after every change of the casino", async () => {
    const { events, socket } = watch(boss);
    await until(() => events.length === 1);
    const slip = await playFor(5, boss, await nextSeat(boss, house));
    await until(() => slipsIn(events.at(-1)).includes(slip.ratingSlipId));
    await socket.dispose();
  });

  test("takes changes that follow each other closely as one", async () => {
    const player = await enroll(boss);
    await sleep(300);
    const { events, socket } = watch(boss);
    await until(() => events.length === 1);
    const began = performance.now();
    await Promise.all(Array.from({ length: 8 }, () => reward(boss, player)));
    const tenths = (performance.now() - began) / 100;
    await sleep(500);
    const more = events.length - 1;
    expect(more).toBeGreaterThan(0);
    expect(more, "the first, one for each tenth of a second, the last").toBeLessThanOrEqual(2 + Math.floor(tenths));
    await socket.dispose();
  });

  test("says nothing of what happens in another casino", async () => {
    const other = await house.as("pit_boss", "TWO");
    const { events, socket } = watch(boss);
    await until(() => events.length === 1);
    await playFor(5, other, await nextSeat(other, other));
    await sleep(400);
    expect(events).toHaveLength(1);
    await socket.dispose();
  });

  test("hears what another server of the same house changed", async () => {
    const elsewhere = boss.at(await house.serve({}));
    const { events, socket } = watch(elsewhere);
    await until(() => events.length === 1);
    const slip = await playFor(5, boss, await nextSeat(boss, house));
    await until(() => slipsIn(events.at(-1)).includes(slip.ratingSlipId));
    await socket.dispose();
  });

  test("comes again by itself after the database cut the connection", async () => {
    const { events, socket } = watch(boss);
    await until(() => events.length === 1);
    await house.sql(
      "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'pitledger listener'",
    );
    await until(() => events.length > 1);
    const before = events.length;
    await enroll(boss);
    await until(() => events.length > before);
    await socket.dispose();
  });

  test("ends with UNAUTHORIZED at the next event once the session is revoked", async () => {
    const leaving = await house.as("pit_boss");
    const { events, done, socket } = watch(leaving);
    await until(() => events.length === 1);
    await fetch(`${house.url}/auth/sign-out`, {
      method: "POST",
      headers: { "content-type": "application/json", ...leaving.headers },
      body: "{}",
    });
    await enroll(boss);
    await done;
    const error = events.at(-1)?.errors?.[0];
    expect(error?.extensions).toMatchObject({ code: "UNAUTHORIZED", hint: expect.any(String) });
    expect(error?.extensions.correlationId).toMatch(/^[0-9a-f-]{36}$/);
    await socket.dispose();
  });

  test("is refused to somebody who isn't signed in", async () => {
    const { events, done, socket } = watch(house.visitor());
    await done;
    expect(events).toHaveLength(1);
    expect(events[0]?.errors?.[0]?.extensions.code).toBe("UNAUTHORIZED");
    await socket.dispose();
  });

  test("watching it doesn't keep a session from idling out", async () => {
    const idle = await house.as("cashier");
    const { events, done, socket } = watch(idle);
    await until(() => events.length === 1);
    await house.sql(`update identity.session set last_seen_at = now() - interval '29 minutes 59 seconds'
      where session_id = (
        select session_id from identity.session order by session_id desc limit 1)`);
    await enroll(boss);
    await until(() => events.length === 2);
    await sleep(1_000);
    await enroll(boss);
    await done;
    expect(events.at(-1)?.errors?.[0]?.extensions.code).toBe("UNAUTHORIZED");
    await socket.dispose();
  });
});

describe("a websocket", () => {
  const open = (headers: Record<string, string>, path = "/graphql") =>
    new Promise<string>((resolve) => {
      const socket = new WebSocket(`${house.url.replace("http", "ws")}${path}`, "graphql-transport-ws", { headers });
      socket.on("open", () => {
        resolve("open");
        socket.terminate();
      });
      socket.on("unexpected-response", (_request, response) => resolve(String(response.statusCode)));
      socket.on("error", () => undefined);
    });

  test("is opened for our own pages and for clients that are no browser", async () => {
    expect(await open({})).toBe("open");
    expect(await open({ origin: house.url })).toBe("open");
  });

  test("is refused to another site's page, which would bring the cookie along", async () => {
    expect(await open({ ...boss.headers, origin: "https://evil.example" })).toBe("403");
    expect(await open({ ...boss.headers, origin: "null" })).toBe("403");
    expect(await open({}, "/elsewhere")).toBe("404");
  });

  test("gives errors a code and the correlation id of the connection", async () => {
    const socket = boss.socket({ "x-correlation-id": "board-9" });
    const ask = (document: string) => socket.iterate({ query: document }).next();
    await expect(ask("subscription { nope }")).rejects.toEqual([
      expect.objectContaining({
        extensions: expect.objectContaining({ code: "GRAPHQL_VALIDATION_FAILED", correlationId: "board-9" }),
      }),
    ]);
    expect((await ask("{ players { totalCount } }")).value).toMatchObject({
      errors: [{ extensions: { code: "PAGE_SIZE_EXCEEDED", correlationId: "board-9" } }],
    });
    await socket.dispose();
  });

  test("holds 20 operations at a time", async () => {
    const watching = Array.from({ length: 20 }, () => watch(boss, query));
    const socket = boss.socket();
    const iterators = Array.from({ length: 20 }, () => socket.iterate({ query }));
    await Promise.all(iterators.map((each) => each.next()));
    await expect(socket.iterate({ query }).next()).rejects.toEqual([
      expect.objectContaining({ extensions: expect.objectContaining({ code: "TOO_MANY_OPERATIONS" }) }),
    ]);
    await iterators[0]?.return?.();
    await expect
      .poll(() =>
        socket
          .iterate({ query })
          .next()
          .then(
            () => "open",
            () => "refused",
          ),
      )
      .toBe("open");
    await Promise.all([socket.dispose(), ...watching.map((each) => each.socket.dispose())]);
  });

  test("is closed when its messages are too large or too many", async () => {
    const closed = (send: (socket: WebSocket) => void) =>
      new Promise<number>((resolve) => {
        const socket = new WebSocket(`${house.url.replace("http", "ws")}/graphql`, "graphql-transport-ws");
        socket.on("open", () => send(socket));
        socket.on("close", resolve);
        socket.on("error", () => undefined);
      });
    expect(await closed((socket) => socket.send("x".repeat(200_000)))).toBe(1009);
    expect(await closed((socket) => socket.send("{"))).toBe(CloseCode.BadRequest);
    const init = JSON.stringify({ type: "connection_init" });
    const ping = JSON.stringify({ type: "ping" });
    const flood = await closed((socket) => {
      socket.send(init);
      for (let n = 0; n < 300; n += 1) socket.send(ping);
    });
    expect(flood).toBe(4429);
  });
});
