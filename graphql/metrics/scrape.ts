import { createHash, timingSafeEqual } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { sendText } from "../static.ts";
import type { Metrics } from "./metrics.ts";

export interface ScrapeOptions {
  readonly metrics: Metrics;
  /** PITLEDGER_METRICS_TOKEN; without it only this machine may scrape. */
  readonly token?: string | undefined;
  readonly trustProxy: boolean;
}

/** GET /metrics: not for the public. */
export function makeScrapeRoute({ metrics, token = process.env.PITLEDGER_METRICS_TOKEN, trustProxy }: ScrapeOptions) {
  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    if (request.method !== "GET") return sendText(response, 405, "Only GET is possible here.", { allow: "GET" });
    if (!mayScrape(request, token || undefined, trustProxy)) {
      return sendText(response, 403, "Metrics are for this machine, or for whoever has the token.");
    }
    const text = await metrics.render();
    response.writeHead(200, { "content-type": metrics.registry.contentType, "cache-control": "no-store" });
    response.end(text);
  };
}

/**
 * With a token, whoever has it. Without one, this machine, as long as nothing says that a proxy on
 * it asks for somebody else.
 */
function mayScrape({ headers, socket }: IncomingMessage, token: string | undefined, trustProxy: boolean): boolean {
  if (token !== undefined) return isSame(headers.authorization ?? "", `Bearer ${token}`);
  const forwarded = ["x-forwarded-for", "x-forwarded-host", "x-forwarded-proto", "x-real-ip", "forwarded", "via"];
  return !trustProxy && isLoopback(socket.remoteAddress) && !forwarded.some((name) => headers[name] !== undefined);
}

function isLoopback(address: string | undefined): boolean {
  return address === "::1" || /^(::ffff:)?127\./.test(address ?? "");
}

function isSame(given: string, expected: string): boolean {
  const [a, b] = [given, expected].map((text) => createHash("sha256").update(text, "utf8").digest());
  return a !== undefined && b !== undefined && timingSafeEqual(a, b);
}
