import type { IncomingMessage, Server } from "node:http";
import type { Duplex } from "node:stream";
import { CloseCode, type Context, handleProtocols, makeServer } from "graphql-ws";
import { isSafeError } from "postgraphile/grafast";
import { type GrafservBase, makeGraphQLWSConfig } from "postgraphile/grafserv";
import { GraphQLError } from "postgraphile/graphql";
import { type WebSocket, WebSocketServer } from "ws";
import { comesFromOurselves } from "./auth/origin.ts";
import { correlationHeader, correlationId } from "./correlation.ts";
import { type ClientError, describeInvalid, mapSafeError } from "./errors.ts";
import type { Log } from "./log.ts";
import type { Metrics } from "./metrics/metrics.ts";
import { clientGraphQLError, isMapped } from "./plugins/answers.ts";
import { graphqlPath } from "./preset.ts";

const longestMessage = 100_000;
const mostConnections = 1_000;
const mostOperations = 20;
const tooMany: ClientError = {
  message: "This connection has too many operations at a time.",
  code: "TOO_MANY_OPERATIONS",
  hint: `Complete one first; a connection holds ${mostOperations}.`,
};
const mostMessagesInTenSeconds = 200;
const pingEvery = 12_000;

export interface WebSocketOptions {
  readonly server: Server;
  readonly serv: GrafservBase;
  readonly log: Log;
  readonly metrics: Metrics;
  readonly trustProxy: boolean;
}

/**
 * Subscriptions over websockets (graphql-transport-ws). A browser sends the cookie along whatever
 * page opens the socket, so the page's origin is checked before the socket is. grafserv's and
 * graphql-ws' own servers neither do that nor limit messages, and they write what clients do
 * wrong to the console; so this one stands in their place.
 */
export function addWebSockets({ server, serv, log, metrics, trustProxy }: WebSocketOptions): { stop(): void } {
  const sockets = new WebSocketServer({ noServer: true, maxPayload: longestMessage, handleProtocols });
  const config = makeGraphQLWSConfig(serv);
  metrics.beforeScrape(() => metrics.set("websocket_connections", {}, sockets.clients.size));
  const operations = makeServer({
    ...config,
    connectionInitWaitTimeout: 5_000,
    onSubscribe(context, id, payload) {
      if (Object.keys(context.subscriptions).length <= mostOperations)
        return config.onSubscribe?.(context, id, payload);
      return [clientGraphQLError(new GraphQLError(tooMany.message), tooMany, idOf(context))];
    },
    onError(context, _id, _payload, errors) {
      return errors.map((error) => (isMapped(error) ? error : describeRefusal(error, idOf(context))).toJSON());
    },
  });

  function connect(socket: WebSocket, request: IncomingMessage): void {
    socket.on("error", () => socket.terminate());
    const stopPinging = keepAlive(socket);
    const mayTalk = makeMessageLimit();
    const closed = operations.opened(
      {
        protocol: socket.protocol,
        send: (data) =>
          new Promise((resolve) => {
            if (socket.readyState !== socket.OPEN) resolve();
            else socket.send(data, () => resolve()); // a failure closes the socket, which is heard below
          }),
        close: (code, reason) => socket.close(code, reason),
        onMessage: (handle) =>
          socket.on("message", (message) => {
            if (!mayTalk()) return socket.close(4429, "Too many messages");
            Promise.resolve(handle(String(message))).catch((thrown: unknown) => {
              const reason = thrown instanceof Error ? thrown.stack : String(thrown);
              log.error({ event: "websocket.failed", reason });
              socket.close(CloseCode.InternalServerError, "Internal error");
            });
          }),
      },
      { socket, request },
    );
    socket.on("close", (code, reason) => {
      stopPinging();
      void closed(code, String(reason));
    });
  }

  function upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    socket.on("error", () => socket.destroy());
    if (request.url?.split("?", 1)[0] !== graphqlPath) refuse(socket, 404, "Not Found");
    else if (!comesFromOurselves(request, trustProxy)) refuse(socket, 403, "Forbidden");
    else if (sockets.clients.size >= mostConnections) refuse(socket, 503, "Service Unavailable");
    else sockets.handleUpgrade(request, socket, head, (connected) => connect(connected, request));
  }
  server.on("upgrade", upgrade);

  return {
    stop() {
      server.off("upgrade", upgrade);
      for (const client of sockets.clients) {
        client.close(1001, "Going away");
        setTimeout(() => client.terminate(), 500).unref();
      }
      sockets.close();
    },
  };
}

/** Ends connections whose other side has vanished; returns what ends the pinging. */
function keepAlive(socket: WebSocket): () => void {
  let answered = true;
  socket.on("pong", () => {
    answered = true;
  });
  const timer = setInterval(() => {
    if (!answered) return socket.terminate();
    answered = false;
    socket.ping();
  }, pingEvery);
  return () => clearInterval(timer);
}

function makeMessageLimit(): () => boolean {
  let since = Date.now();
  let count = 0;
  return () => {
    if (Date.now() - since > 10_000) {
      since = Date.now();
      count = 0;
    }
    count += 1;
    return count <= mostMessagesInTenSeconds;
  };
}

/** The correlation id of a connection's errors that belong to no operation. */
function idOf({ connectionParams, extra }: Context): string {
  const { request } = extra as { request: IncomingMessage };
  return correlationId(connectionParams?.[correlationHeader], request.headers[correlationHeader]);
}

function describeRefusal(error: GraphQLError, id: string): GraphQLError {
  const cause = error.originalError;
  const described = cause && isSafeError(cause) ? mapSafeError(cause) : describeInvalid(error.message);
  return clientGraphQLError(error, described, id);
}

function refuse(socket: Duplex, status: number, reason: string): void {
  socket.end(`HTTP/1.1 ${status} ${reason}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}
