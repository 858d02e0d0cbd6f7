import { Writable } from "node:stream";
import pg from "pg";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll } from "vitest";
import { makePassphrase } from "../../../bin/lib/demo/passphrase.ts";
import { openHome } from "../../../bin/lib/home.ts";
import { webRoot } from "../../../bin/lib/web.ts";
import { makeLog } from "../../../graphql/log.ts";
import { startServer } from "../../../graphql/server.ts";
import { startWorker } from "../../../worker/start.ts";
import { startDatabase } from "../../support/stack.ts";
import { launchChromium } from "./chromium.ts";
import type { Theme } from "./client.ts";
import { type Size, sizes } from "./pictures.ts";

export const casino = "HPC";

/** The demo casino as `npm start` serves it, with its worker, and a browser. */
export interface Demo {
  readonly url: string;
  /** What everybody of the demo signs in with. */
  readonly password: string;
  sql<Row extends pg.QueryResultRow>(text: string, values?: unknown[]): Promise<Row[]>;
  /** A page of somebody who isn't signed in. */
  visit(options?: { theme?: Theme; size?: Size }): Promise<Page>;
  /** A page of somebody who is. */
  sitDown(username: string, options?: { theme?: Theme; size?: Size }): Promise<Page>;
}

/** Opens and closes the demo around the tests of a file. */
export function openDemo(): Demo {
  const closers: (() => Promise<unknown>)[] = [];
  let owner: pg.Pool;
  let browser: Browser;
  let url: string;
  let password: string;

  beforeAll(async () => {
    const database = await startDatabase("demo");
    closers.push(database.stop);
    password = openHome(database.home).secret("demo", makePassphrase);
    owner = new pg.Pool({ connectionString: database.ownerUrl, max: 2 });
    owner.on("error", () => undefined); // idle connections end with the database
    closers.push(() => owner.end());
    const log = makeLog(new Writable({ write: (_chunk, _encoding, done) => done() }));
    const { gatewayUrl, workerUrl } = database;
    const server = await startServer({ gatewayUrl, port: 0, log, webRoot, operations: "persisted" });
    closers.push(server.stop);
    const worker = await startWorker({ workerUrl, log });
    closers.push(worker.stop);
    browser = await launchChromium();
    closers.push(() => browser.close());
    url = server.url;
  });
  afterAll(async () => {
    for (const close of closers.splice(0).reverse()) await close();
  });

  const open = (theme: Theme, size: Size): Promise<BrowserContext> =>
    browser.newContext({
      baseURL: url,
      viewport: sizes[size],
      colorScheme: theme,
      reducedMotion: "reduce",
      locale: "en-US",
    });
  const turnTo = async (context: BrowserContext) => {
    const page = await context.newPage();
    page.setDefaultTimeout(20_000);
    return page;
  };

  return {
    get url() {
      return url;
    },
    get password() {
      return password;
    },
    async sql<Row extends pg.QueryResultRow>(text: string, values?: unknown[]) {
      return (await owner.query<Row>(text, values)).rows;
    },
    async visit({ theme = "dark", size = "desk" } = {}) {
      return turnTo(await open(theme, size));
    },
    async sitDown(username, { theme = "dark", size = "desk" } = {}) {
      const context = await open(theme, size);
      const answer = await context.request.post("/auth/sign-in", { data: { casino, username, password } });
      if (!answer.ok()) throw new Error(`${username} can't sign in: ${answer.status()} ${await answer.text()}`);
      return turnTo(context);
    },
  };
}
