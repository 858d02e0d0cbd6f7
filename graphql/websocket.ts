import type { IncomingMessage, Server } from "node:http";
import type { Duplex } from "node:stream";
import { useServer as serveOperations } from "graphql-ws/use/ws";
import { isSafeError } from "postgraphile/grafast";
import { type GrafservBase, makeGraphQLWSConfig } from "postgraphile/grafserv";
import type { GraphQLError } from "postgraphile/graphql";
import { type WebSocket, WebSocketServer } from "ws";
import { comesFromOurselves } from "./auth/origin.ts";
import { correlationHeader, correlationId } from "./correlation.ts";
import { describeInvalid, mapSafeError } from "./errors.ts";
import { clientGraphQLError, isMapped } from "./plugins/answers.ts";
import { graphqlPath } from "./preset.ts";

const longestMessage = 100_000;
const mostConnections = 1_000;
const mostMessagesInTenSeconds = 200;

export interface WebSocketOptions {
  readonly server: Server;
  readonly serv: GrafservBase;
  readonly trustProxy: boolean;
}

/**
 * Subscriptions over websockets (graphql-transport-ws). A browser sends the cookie along whatever
 * page opens the socket, so the page's origin is checked before the socket is. grafserv's own
 * upgrade handler does neither that nor limit a message's size, which is why this one exists.
 */
export function addWebSockets({ server, serv, trustProxy }: WebSocketOptions): { stop(): Promise<void> } {
  const sockets = new WebSocketServer({ noServer: true, maxPayload: longestMessage });
  const config = makeGraphQLWSConfig(serv);
  const disposable = serveOperations(
    {
      ...config,
      connectionInitWaitTimeout: 5_000,
      onError(context, _id, _payload, errors) {
        const id = correlationId(
          context.connectionParams?.[correlationHeader],
          context.extra.request.headers[correlationHeader],
        );
        return errors.map((error) => (isMapped(error) ? error : describeRefusal(error, id)).toJSON());
      },
    },
    sockets,
  );

  sockets.on("connection", limitMessages);

  function upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    socket.on("error", () => socket.destroy());
    if (request.url?.split("?", 1)[0] !== graphqlPath) refuse(socket, 404, "Not Found");
    else if (!comesFromOurselves(request, trustProxy)) refuse(socket, 403, "Forbidden");
    else if (sockets.clients.size >= mostConnections) refuse(socket, 503, "Service Unavailable");
    else sockets.handleUpgrade(request, socket, head, (connected) => sockets.emit("connection", connected, request));
  }
  server.on("upgrade", upgrade);

  return {
    async stop() {
      server.off("upgrade", upgrade);
      await disposable.dispose();
      for (const client of sockets.clients) client.terminate();
      sockets.close();
    },
  };
}

function limitMessages(socket: WebSocket): void {
  let count = 0;
  const reset = setInterval(() => {
    count = 0;
  }, 10_000);
  socket.on("close", () => clearInterval(reset));
  socket.on("error", () => socket.terminate());
  socket.on("message", () => {
    count += 1;
    if (count > mostMessagesInTenSeconds) socket.close(4429, "Too many messages");
  });
}

function describeRefusal(error: GraphQLError, id: string): GraphQLError {
  const cause = error.originalError;
  const described = cause && isSafeError(cause) ? mapSafeError(cause) : describeInvalid(error.message);
  return clientGraphQLError(error, described, id);
}

function refuse(socket: Duplex, status: number, reason: string): void {
  socket.end(`HTTP/1.1 ${status} ${reason}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}
