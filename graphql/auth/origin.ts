import type { IncomingMessage } from "node:http";
import { hostOf } from "./cookie.ts";

/**
 * Whether a request that acts comes from our own pages. Browsers say where a request comes from
 * and can't be made to lie about it; a client that says nothing isn't a browser, so nobody's
 * cookie is being borrowed.
 */
export function comesFromOurselves(request: IncomingMessage, trustProxy: boolean): boolean {
  const site = request.headers["sec-fetch-site"];
  if (site !== undefined && site !== "same-origin" && site !== "none") return false;
  const origin = request.headers.origin;
  if (origin === undefined) return true;
  try {
    return new URL(origin).host.toLowerCase() === hostOf(request, trustProxy);
  } catch {
    return false; // "null", as sandboxed pages send it
  }
}
