import { randomUUID } from "node:crypto";
import { Writable } from "node:stream";
import pg from "pg";
import { hashPassword } from "../../../graphql/auth/password.ts";
import { formatToken, hashSecret, newSecret } from "../../../graphql/auth/token.ts";
import { type Log, makeLog } from "../../../graphql/log.ts";
import { type ServerOptions, startServer } from "../../../graphql/server.ts";
import { startWorker, type WorkerOptions } from "../../../worker/start.ts";
import { startDatabase } from "../../support/stack.ts";
import { Client } from "./client.ts";

/** The people of every property; each signs in with their role as user name. */
export const people = [
  "floor_supervisor",
  "pit_boss",
  "cashier",
  "compliance_officer",
  "marketing",
  "auditor",
  "admin",
  "dealer",
] as const;
export type Person = (typeof people)[number];

export const password = "correct horse battery staple";
const phc = hashPassword(password);

/** A small property: two pits, two games with round numbers, the seeded tiers. */
export function property(code: string): Record<string, unknown> {
  return {
    code,
    name: `Casino ${code}`,
    timezone: "America/Los_Angeles",
    gaming_day_start: "06:00",
    policy: "pt1",
    games: [
      {
        code: "BJ",
        name: "Blackjack",
        house_edge: "2.7",
        decisions_per_hour: 60,
        seats: 7,
        conversion_rate: "10",
        point_multiplier: "1",
      },
    ],
    tables: [
      { label: "BJ-01", game: "BJ", pit: "Pit 1", seats: 7 },
      { label: "BJ-02", game: "BJ", pit: "Pit 1", seats: 7 },
      { label: "BJ-03", game: "BJ", pit: "Pit 2", seats: 7 },
    ],
    tiers: [
      { tier: "BRONZE", threshold_points: 0, multiplier: "1.00" },
      { tier: "SILVER", threshold_points: 10000, multiplier: "1.25" },
      { tier: "GOLD", threshold_points: 50000, multiplier: "1.50" },
      { tier: "PLATINUM", threshold_points: 100000, multiplier: "2.00" },
    ],
  };
}

export type LogLine = Record<string, unknown>;

/** A server with two properties, whose log can be read. */
export interface House {
  readonly url: string;
  readonly ownerUrl: string;
  readonly gatewayUrl: string;
  readonly workerUrl: string;
  readonly log: readonly LogLine[];
  /** Runs SQL as the owner, whom row-level security doesn't stop. */
  sql<Row extends pg.QueryResultRow>(text: string, values?: unknown[]): Promise<Row[]>;
  /** A signed-in person of casino ONE, or of another one. */
  as(person: Person, casino?: string): Promise<Client>;
  /** The same with a new account, whose rewards nobody has counted yet. */
  hire(role: Person, casino?: string): Promise<Client>;
  /** Sets a property up, or changes it, with its people. */
  load(code: string, changes?: Record<string, unknown>): Promise<void>;
  /** Somebody who isn't signed in. */
  visitor(): Client;
  /** The account of a casino's feed. */
  sender(casino?: string): Promise<Client>;
  /** Runs the worker until the house is closed; gives the address of its metrics when it has a port. */
  work(options?: Partial<WorkerOptions>): Promise<string>;
  /** Another server on the same database. */
  serve(options: Partial<ServerOptions>): Promise<string>;
  close(): Promise<void>;
}

export interface HouseOptions extends Partial<ServerOptions> {
  /** SQL that the owner runs before the server starts and looks at the database. */
  readonly prepare?: string;
}

export async function openHouse({ prepare, ...options }: HouseOptions = {}): Promise<House> {
  const database = await startDatabase("empty");
  const owner = new pg.Pool({ connectionString: database.ownerUrl, max: 4 });
  owner.on("error", () => undefined); // idle connections end with the database
  owner.on("connect", (client) => client.on("error", () => undefined)); // the query's own rejection tells
  const { lines, log } = captureLog();
  const { gatewayUrl, ownerUrl, workerUrl } = database;
  const closers: (() => Promise<unknown>)[] = [database.stop, () => owner.end()];
  const serve = async (more: Partial<ServerOptions>) => {
    const server = await startServer({ gatewayUrl, port: 0, log, webRoot: "/nowhere", ...more });
    closers.push(server.stop);
    return server.url;
  };
  const close = async () => {
    for (const closer of closers.splice(0).reverse()) await closer();
  };

  try {
    for (const code of ["ONE", "TWO"]) await setUp(owner, code);
    if (prepare) await owner.query(prepare);
    const url = await serve(options);
    return {
      url,
      ownerUrl,
      gatewayUrl,
      workerUrl,
      log: lines,
      serve,
      close,
      async sql<Row extends pg.QueryResultRow>(text: string, values?: unknown[]) {
        return (await owner.query<Row>(text, values)).rows;
      },
      visitor: () => new Client(url),
      as: (person, casino = "ONE") => openSession(owner, url, casino, person),
      async hire(role, casino = "ONE") {
        const username = `hired_${randomUUID().slice(0, 8)}`;
        await addPerson(owner, casino, username, role);
        return openSession(owner, url, casino, username);
      },
      load: (code, changes) => setUp(owner, code, changes),
      async sender(casino = "ONE") {
        const secret = newSecret();
        const { rows } = await owner.query<{ casino_id: number }>(
          "select identity.issue_sender_session($1, $2) as casino_id",
          [casino, hashSecret(secret)],
        );
        return new Client(url, formatToken(rows[0]?.casino_id ?? 0, secret));
      },
      async work(more = {}) {
        const worker = await startWorker({ workerUrl, log, ...more });
        closers.push(worker.stop);
        return worker.url ?? "";
      },
    };
  } catch (thrown) {
    await close();
    throw thrown;
  }
}

async function setUp(owner: pg.Pool, code: string, changes: Record<string, unknown> = {}): Promise<void> {
  await owner.query("select * from ops.load_casino($1)", [JSON.stringify({ ...property(code), ...changes })]);
  const { rows } = await owner.query(
    "select from identity.staff as s join identity.casino as c using (casino_id) where c.code = $1 and s.username = 'admin'",
    [code],
  );
  if (rows.length > 0) return;
  for (const person of people) await addPerson(owner, code, person, person);
}

async function addPerson(owner: pg.Pool, casino: string, username: string, role: Person): Promise<void> {
  await owner.query("select identity.add_staff($1, $2, $3, $4)", [casino, username, `${username} of ${casino}`, role]);
  if (role !== "dealer") await owner.query("select identity.set_password($1, $2, $3)", [casino, username, await phc]);
}

/** Opens a session without hashing the password anew, which would make every test wait. */
async function openSession(owner: pg.Pool, url: string, casino: string, person: string): Promise<Client> {
  const secret = newSecret();
  const { rows } = await owner.query<{ casino_id: number; session_id: string | null }>(
    `select p.casino_id, s.session_id
    from identity.casino as c
    join identity.staff as p using (casino_id)
    cross join lateral identity.complete_sign_in(p.casino_id, p.staff_id, true, $3) as s
    where c.code = $1 and p.username = $2`,
    [casino, person, hashSecret(secret)],
  );
  const row = rows[0];
  if (!row?.session_id) throw new Error(`${person} of ${casino} can't sign in.`);
  return new Client(url, formatToken(row.casino_id, secret));
}

function captureLog(): { lines: LogLine[]; log: Log } {
  const lines: LogLine[] = [];
  const stream = new Writable({
    write(chunk, _encoding, done) {
      for (const line of String(chunk).split("\n")) if (line !== "") lines.push(JSON.parse(line) as LogLine);
      done();
    },
  });
  return { lines, log: makeLog(stream) };
}

export function newKey(): string {
  return randomUUID();
}
