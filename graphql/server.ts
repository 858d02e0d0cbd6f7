import "./environment.ts";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import pg from "pg";
import { postgraphile } from "postgraphile";
import { makeAuthRoutes } from "./auth/routes.ts";
import { Sessions } from "./auth/sessions.ts";
import { makeCtrRoutes } from "./ctr-file/routes.ts";
import { development } from "./environment.ts";
import { ErrorMapper, ErrorRegistry } from "./errors.ts";
import { answers, isMigrated, readinessOf, workerIsThere } from "./health.ts";
import { GraphQLService, makeRequestHandler } from "./http.ts";
import { makeEars } from "./listen.ts";
import { type Log, makeLog } from "./log.ts";
import { watchDatabase } from "./metrics/database.ts";
import { Metrics } from "./metrics/metrics.ts";
import { watchPools } from "./metrics/pools.ts";
import { makeScrapeRoute } from "./metrics/scrape.ts";
import { makeNotifier } from "./notify.ts";
import { Observer } from "./observer.ts";
import {
  committedOperations,
  feedOperations,
  namesOfOperations,
  type OperationMode,
  operationMode,
} from "./plugins/operations.ts";
import { makePreset } from "./preset.ts";
import { makeRefusalRecorder } from "./refusals.ts";
import { makeStaticHandler } from "./static.ts";
import { survive } from "./survive.ts";
import { openTraces } from "./tracing/traces.ts";
import { addWebSockets } from "./websocket.ts";

export interface ServerOptions {
  /** Connection string of the login pit_gateway. */
  readonly gatewayUrl: string;
  /** 0 takes any free port. */
  readonly port: number;
  /** The address to listen on; HOST, or else this machine only. */
  readonly host?: string | undefined;
  /** Folder of the built web client. */
  readonly webRoot?: string | undefined;
  readonly log?: Log | undefined;
  /** Whether x-forwarded-proto and x-forwarded-host can be believed; PITLEDGER_TRUST_PROXY. */
  readonly trustProxy?: boolean | undefined;
  /** GRAPHQL_OPERATIONS. */
  readonly operations?: OperationMode | undefined;
  /** More allowed operations; GRAPHQL_OPERATIONS_FILE. */
  readonly operationsFile?: string | undefined;
  readonly statementTimeout?: number | undefined;
  readonly executionTimeout?: number | undefined;
  /** What whoever scrapes /metrics has to send; PITLEDGER_METRICS_TOKEN. */
  readonly metricsToken?: string | undefined;
  /** Milliseconds for which a scrape gets the database's figures of the one before it; 5,000. */
  readonly rememberFigures?: number | undefined;
}

export interface RunningServer {
  readonly url: string;
  stop(): Promise<void>;
}

/** Serves GraphQL, signing in and out, and the web client. */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const { gatewayUrl, log = makeLog(), statementTimeout, executionTimeout } = options;
  const trustProxy = options.trustProxy ?? isSet(process.env.PITLEDGER_TRUST_PROXY);

  // Two pools, so that neither signing in nor health waits behind a floor full of requests.
  const pool = makePool(gatewayUrl, 10, log);
  const authPool = makePool(gatewayUrl, 4, log);
  const metrics = new Metrics("gateway");
  watchPools(metrics, { requests: pool, sign_in: authPool });
  watchDatabase(metrics, authPool, log, options.rememberFigures);
  const traces = await openTraces("gateway");
  for (const each of [pool, authPool]) traces?.watch(each);
  const added = options.operationsFile ?? process.env.GRAPHQL_OPERATIONS_FILE;
  const operationFiles = added ? [committedOperations, added] : [committedOperations];
  const known = namesOfOperations([feedOperations, ...operationFiles]);
  const observer = new Observer({ log, metrics, known, traces });
  const ears = makeEars(gatewayUrl, log);
  const notifier = makeNotifier(authPool, log);
  const refusals = makeRefusalRecorder(authPool, log);
  const sessions = new Sessions(authPool);
  const errors = new ErrorMapper(await ErrorRegistry.load(authPool), log);

  const pgl = postgraphile(
    makePreset({
      pool,
      errors,
      notifier,
      refusals,
      sessions,
      ears,
      observer,
      reporter: { log, metrics },
      trustProxy,
      operations: (options.operations ?? operationMode()) === "any" ? undefined : operationFiles,
      statementTimeout,
      executionTimeout,
    }),
  );
  await pgl.getSchema();
  const serv = pgl.createServ((config) => new GraphQLService(config));
  await serv.ready();

  const server = createServer(
    { requestTimeout: 30_000, headersTimeout: 10_000, maxHeaderSize: 16_384 },
    makeRequestHandler({
      serv,
      routes: {
        ...makeAuthRoutes({ pool: authPool, sessions, errors, metrics, refusals, trustProxy }),
        ...makeCtrRoutes({ pool, sessions, errors, notifier, refusals, trustProxy }),
        "/metrics": makeScrapeRoute({ metrics, token: options.metricsToken, trustProxy }),
      },
      ready: () =>
        readinessOf(
          {
            database: answers(authPool, "pit_gateway"),
            schema: isMigrated(authPool),
            pool: answers(pool, "pit_gateway"),
          },
          { worker: workerIsThere(authPool) },
        ),
      serveStatic: makeStaticHandler(options.webRoot ?? join(import.meta.dirname, "..", "web", "dist")),
      errors,
      log,
      observer,
      trustProxy,
      development,
    }),
  );
  const webSockets = addWebSockets({ server, serv, log, metrics, trustProxy });
  const host = options.host ?? (process.env.HOST || "127.0.0.1");
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(options.port, host, () => {
      server.off("error", reject);
      resolve();
    });
  }).catch(async (thrown: unknown) => {
    await stop();
    throw thrown;
  });
  const { port } = server.address() as AddressInfo;

  let stopping: Promise<void> | undefined;
  async function stop(): Promise<void> {
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    server.closeIdleConnections();
    webSockets.stop();
    await ears.stop();
    // Requests that are under way get a few seconds to finish.
    const impatience = setTimeout(() => server.closeAllConnections(), 5_000);
    await closed;
    clearTimeout(impatience);
    await notifier.stop();
    await refusals.stop();
    await pgl.release();
    await Promise.all([pool.end(), authPool.end(), traces?.stop()]);
  }

  return {
    url: `http://${host === "127.0.0.1" || host === "0.0.0.0" || host === "::" ? "localhost" : host}:${port}`,
    stop() {
      stopping ??= stop();
      return stopping;
    },
  };
}

function makePool(connectionString: string, max: number, log: Log): pg.Pool {
  const pool = new pg.Pool({
    connectionString,
    max,
    application_name: "pitledger gateway",
    connectionTimeoutMillis: 10_000,
    idle_in_transaction_session_timeout: 15_000,
    statement_timeout: 15_000,
  });
  survive(pool, log);
  return pool;
}

function isSet(value: string | undefined): boolean {
  return value !== undefined && !["", "0", "false", "off", "no"].includes(value.toLowerCase());
}
