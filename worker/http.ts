import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { sendJson } from "../graphql/auth/routes.ts";
import type { Readiness } from "../graphql/health.ts";
import type { Metrics } from "../graphql/metrics/metrics.ts";
import { makeScrapeRoute } from "../graphql/metrics/scrape.ts";
import { sendText } from "../graphql/static.ts";

export interface WorkerHttpOptions {
  readonly port: number;
  readonly metrics: Metrics;
  readonly ready: () => Promise<Readiness>;
  readonly token?: string | undefined;
}

/** The worker's own small port: /healthz, /readyz and /metrics, as the gateway has them. */
export async function serveWorker({ port, metrics, ready, token }: WorkerHttpOptions) {
  const host = process.env.HOST || "127.0.0.1";
  const scrape = makeScrapeRoute({ metrics, token, trustProxy: false });
  const server = createServer({ requestTimeout: 10_000, maxHeaderSize: 16_384 }, (request, response) => {
    const answer = async () => {
      switch (request.url?.split("?", 1)[0]) {
        case "/healthz":
          return sendJson(response, 200, { status: "ok" });
        case "/readyz": {
          const { ready: isReady, failed, checks } = await ready();
          if (isReady) return sendJson(response, 200, { status: "ready", checks });
          return sendJson(response, 503, { status: "not ready", failed, checks });
        }
        case "/metrics":
          return scrape(request, response);
        default:
          return sendText(response, 404, "There is nothing here.");
      }
    };
    answer().catch(() => (response.headersSent ? response.destroy() : sendText(response, 500, "It failed.")));
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, () => resolve());
  });
  return {
    url: `http://localhost:${(server.address() as AddressInfo).port}`,
    async stop() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
    },
  };
}
