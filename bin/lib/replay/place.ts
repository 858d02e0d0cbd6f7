import { currentUrl, openDatabase } from "../database.ts";
import { openHome } from "../home.ts";
import { migrate } from "../migrate.ts";
import { Sentence } from "../sentence.ts";
import type { Undo } from "../undo.ts";

/** Where a replay goes: the server that takes the events, and the owner's connection beside it. */
export interface Place {
  readonly url: string;
  readonly ownerUrl: string;
}

/** A running server when `PITLEDGER_URL` names one; otherwise starts what is needed, without demo. */
export async function openPlace(undo: Undo): Promise<Place> {
  const url = process.env.PITLEDGER_URL;
  return url ? { url: addressOf(url), ownerUrl: ownerUrl() } : startOwn(undo);
}

/** Just the owner's connection, for a command that works on the database alone. */
export async function openOwner(undo: Undo): Promise<string> {
  if (process.env.PITLEDGER_URL) return ownerUrl();
  const database = await openDatabase(openHome(), { whenRunning: "share" });
  undo.add("database", database.stop);
  await migrate(database);
  return database.ownerUrl;
}

/** Just the server's address, for a command that works over HTTP alone. */
export async function openServer(undo: Undo): Promise<string> {
  const url = process.env.PITLEDGER_URL;
  return url ? addressOf(url) : (await startOwn(undo)).url;
}

function addressOf(text: string): string {
  const url = URL.parse(text);
  if (url && /^https?:$/.test(url.protocol)) return url.href.replace(/\/+(graphql\/*)?$/, "");
  throw new Sentence(`PITLEDGER_URL is "${text}", which is no http address.`);
}

function ownerUrl(): string {
  const home = openHome();
  const { url, isRunning } = currentUrl(home);
  if (isRunning) return url;
  throw new Sentence(
    `No database runs in ${home.dir}: with PITLEDGER_URL, set PITLEDGER_HOME to that server's home, or DATABASE_URL to its database.`,
  );
}

async function startOwn(undo: Undo): Promise<Place> {
  const database = await openDatabase(openHome(), { whenRunning: "share" });
  undo.add("database", database.stop);
  await migrate(database);
  const { startServer } = await import("../../../graphql/server.ts");
  const { makeLog } = await import("../../../graphql/log.ts");
  const log = makeLog();
  // It serves nobody but us: refusals are among the outcomes, only its own faults are news.
  if (process.env.PITLEDGER_LOG_LEVEL === undefined) log.level = "error";
  const { gatewayUrl } = database;
  const server = await startServer({ gatewayUrl, port: 0, host: "127.0.0.1", operations: "any", log });
  undo.add("server", server.stop);
  return { url: server.url, ownerUrl: database.ownerUrl };
}
