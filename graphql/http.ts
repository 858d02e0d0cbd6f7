import type { IncomingMessage, ServerResponse } from "node:http";
import { parse as parseQuery } from "node:querystring";
import { SafeError } from "postgraphile/grafast";
import type { RequestDigest, Result } from "postgraphile/grafserv";
import { NodeGrafserv } from "postgraphile/grafserv/node";
import { isSecure } from "./auth/cookie.ts";
import { comesFromOurselves } from "./auth/origin.ts";
import { type Handler, sendJson } from "./auth/routes.ts";
import { BodyTooLarge, readBody } from "./body.ts";
import { correlationOf } from "./context.ts";
import { correlationHeader } from "./correlation.ts";
import { type ClientError, codeOfStatus, describeInvalid, type ErrorMapper } from "./errors.ts";
import type { Readiness } from "./health.ts";
import type { Log } from "./log.ts";
import type { Observer } from "./observer.ts";
import { extensionsOf } from "./plugins/answers.ts";
import { graphqlPath, longestRequest } from "./preset.ts";
import { contentSecurityPolicy, type StaticHandler, sendText } from "./static.ts";

export interface HttpOptions {
  readonly serv: GraphQLService;
  /** What is answered by itself, outside GraphQL. */
  readonly routes: Record<string, Handler>;
  readonly ready: () => Promise<Readiness>;
  readonly serveStatic: StaticHandler;
  readonly errors: ErrorMapper;
  readonly log: Log;
  readonly observer: Observer;
  readonly trustProxy: boolean;
  /** Whether GraphiQL is served. */
  readonly development: boolean;
}

/** PostGraphile's service without its HTTP handler, which writes errors to the console as they are. */
export class GraphQLService extends NodeGrafserv {
  answer(request: RequestDigest): Promise<Result | null> {
    return Promise.resolve(this.processRequest(request));
  }
}

/** Takes every HTTP request to where it belongs. */
export function makeRequestHandler(options: HttpOptions): (request: IncomingMessage, response: ServerResponse) => void {
  const { serv, routes, ready, serveStatic, log, observer, trustProxy, development } = options;

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = pathOf(request);
    setCommonHeaders(request, response);
    const route = Object.hasOwn(routes, path) ? routes[path] : undefined;
    if (route) return route(request, response);
    if (path === "/healthz") return sendJson(response, 200, { status: "ok" });
    if (path === "/readyz") return answerReadiness(response);
    if (path === graphqlPath) return handleGraphQL(request, response);
    if (development && (path === "/graphiql" || path.startsWith("/ruru-static/"))) {
      sendResult(response, await serv.answer(digestOf(request, response)), correlationOf(request));
      return;
    }
    await serveStatic(request, response, path);
  }

  function setCommonHeaders(request: IncomingMessage, response: ServerResponse): void {
    response.setHeader(correlationHeader, correlationOf(request));
    response.setHeader("x-content-type-options", "nosniff");
    response.setHeader("referrer-policy", "no-referrer");
    response.setHeader("cross-origin-opener-policy", "same-origin");
    response.setHeader("cross-origin-resource-policy", "same-origin");
    if (isSecure(request, trustProxy)) response.setHeader("strict-transport-security", "max-age=31536000");
    if (development && !request.url?.startsWith(graphqlPath)) return; // GraphiQL needs more than our own pages
    response.setHeader("x-frame-options", "DENY");
    response.setHeader("content-security-policy", contentSecurityPolicy("none"));
  }

  async function answerReadiness(response: ServerResponse): Promise<void> {
    const { ready: isReady, failed, checks } = await ready();
    if (isReady) return sendJson(response, 200, { status: "ready", checks });
    sendJson(response, 503, { status: "not ready", failed, checks });
  }

  /** A bounded name for where a request goes. */
  function routeOf(path: string): string {
    if (Object.hasOwn(routes, path) || path === graphqlPath || path === "/healthz" || path === "/readyz") return path;
    return development && path === "/graphiql" ? path : "web";
  }

  async function handleGraphQL(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const correlationId = correlationOf(request);
    response.setHeader("cache-control", "no-store");
    if (!comesFromOurselves(request, trustProxy)) {
      const error: ClientError = {
        message: "The request comes from another site.",
        code: "FORBIDDEN_ORIGIN",
        hint: "Use PitLedger's own pages, or a client that isn't a browser.",
      };
      observer.refused(request, error.code);
      return sendJson(response, 403, {
        errors: [{ message: error.message, extensions: extensionsOf(error, correlationId) }],
      });
    }
    const result = await serv.answer(digestOf(request, response));
    const code = sendResult(response, result, correlationId);
    if (code !== undefined) observer.refused(request, code);
  }

  function digestOf(request: IncomingMessage, response: ServerResponse): RequestDigest {
    const [path = "", search = ""] = (request.url ?? "").split("?", 2);
    return {
      httpVersionMajor: request.httpVersionMajor,
      httpVersionMinor: request.httpVersionMinor,
      isSecure: isSecure(request, trustProxy),
      method: request.method ?? "GET",
      path,
      headers: Object.fromEntries(
        Object.entries(request.headers).map(([name, value]) => [
          name,
          Array.isArray(value) ? value.join("\n") : (value ?? ""),
        ]),
      ),
      getQueryParams: () => parseQuery(search) as Record<string, string | string[]>,
      async getBody() {
        try {
          return { type: "buffer", buffer: await readBody(request, longestRequest) };
        } catch (thrown) {
          if (!(thrown instanceof BodyTooLarge)) throw thrown;
          response.setHeader("connection", "close");
          throw new SafeError("The request is too large.", { statusCode: 413 });
        }
      },
      preferJSON: true,
      requestContext: { node: { req: request, res: response } },
    };
  }

  return (request, response) => {
    const observed = observer.request(request, response, routeOf(pathOf(request)), () => handle(request, response));
    observed.catch((thrown: unknown) => {
      const error = options.errors.map(thrown, { correlationId: correlationOf(request), visitor: true });
      if (response.headersSent) return void response.destroy();
      log.debug({ event: "http.failed", correlationId: correlationOf(request), code: error.code });
      sendText(response, 500, error.message);
    });
  };
}

function pathOf(request: IncomingMessage): string {
  const path = (request.url ?? "/").split("?", 1)[0] ?? "/";
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

/** Answers; gives the code of the first error when there was one. */
function sendResult(response: ServerResponse, result: Result | null, correlationId: string): string | undefined {
  switch (result?.type) {
    case "json": {
      setHeaders(response, result.headers);
      const { contentType } = { contentType: result.headers["content-type"] ?? "application/json" };
      const payload = describeErrors(result.json, result.statusCode, correlationId);
      const body = Buffer.from(JSON.stringify(payload), "utf8");
      response.writeHead(result.statusCode, { "content-type": contentType, "content-length": body.length });
      response.end(body);
      return firstCode(payload);
    }
    case "buffer":
      response.writeHead(result.statusCode, result.headers);
      response.end(result.buffer);
      return undefined;
    case "noContent":
      response.writeHead(result.statusCode, result.headers);
      response.end();
      return undefined;
    case "error":
      throw result.error;
    case "bufferStream":
      throw new Error("Event streams are not served.");
    default:
      sendText(response, 404, "There is nothing here.");
      return undefined;
  }
}

function setHeaders(response: ServerResponse, headers: Record<string, string>): void {
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
}

/** What the first error of an answer is called. */
function firstCode(payload: unknown): string | undefined {
  if (!isRecord(payload) || !Array.isArray(payload.errors)) return undefined;
  const [error]: unknown[] = payload.errors;
  return isRecord(error) && isRecord(error.extensions) ? String(error.extensions.code) : undefined;
}

/**
 * Gives a code and the correlation id to the errors of requests that never became an operation:
 * grafserv answers those by itself, without asking `maskError`.
 */
function describeErrors(payload: unknown, status: number, correlationId: string): unknown {
  if (!isRecord(payload) || !Array.isArray(payload.errors)) return payload;
  return { ...payload, errors: payload.errors.map((error: unknown) => describeError(error, status, correlationId)) };
}

function describeError(error: unknown, status: number, correlationId: string): unknown {
  if (!isRecord(error)) return error;
  const extensions = isRecord(error.extensions) ? error.extensions : {};
  if (typeof extensions.correlationId === "string") return error;
  const message = String(error.message);
  let described: ClientError;
  if (typeof extensions.code === "string") {
    const hint = typeof extensions.hint === "string" ? extensions.hint : undefined;
    described = { message, code: extensions.code, hint };
  } else if (typeof extensions.statusCode === "number" || (status !== 200 && status !== 400)) {
    described = { message, ...codeOfStatus(Number(extensions.statusCode ?? status)) };
  } else {
    described = describeInvalid(message);
  }
  return { ...error, message: described.message, extensions: extensionsOf(described, correlationId) };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
