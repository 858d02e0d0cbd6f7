import { createClient as createSocket, type Client as Socket } from "graphql-ws";
import { type Exchange, subscriptionExchange } from "urql";
import { connected, disconnected, resetConnection } from "./connection.ts";

// The live connection. It stays open as long as somebody is signed in, so that its state is the
// state of the house network, and it never gives up: a tablet that comes back into range heals
// by itself.

const PING_EVERY_MS = 8000;
const PONG_WITHIN_MS = 4000;
const RETRY_WITHIN_MS = 4000;
const RESUBSCRIBE_AFTER_MS = 500;

export interface Live {
  /** Opens the connection; returns what closes it again. */
  open: () => () => void;
  exchange: Exchange;
}

type Headers = () => Record<string, string>;

/** `onRefused`: the server won't have this connection, so the session is in doubt. */
export function createLive(onRefused: () => void, headers: Headers): Live {
  let current: { socket: Socket; close: () => void } | undefined;
  const socket = () => {
    current ??= openSocket(onRefused, headers);
    return current.socket;
  };
  return {
    open: () => {
      socket();
      return () => {
        current?.close();
        current = undefined;
      };
    },
    exchange: subscriptionExchange({
      forwardSubscription: (request) => ({
        subscribe: (sink) => {
          let stopped = false;
          let again: ReturnType<typeof setTimeout> | undefined;
          let unsubscribe = () => {};
          // The server ends its streams when its own database connection is lost; whoever is
          // still looking at the screen wants to go on.
          const start = () => {
            unsubscribe = socket().subscribe(
              { ...request, query: request.query ?? "" },
              {
                next: (result) => sink.next(result as Parameters<typeof sink.next>[0]),
                error: (error) => sink.error(error),
                complete: () => {
                  if (!stopped) again = setTimeout(start, RESUBSCRIBE_AFTER_MS);
                },
              },
            );
          };
          start();
          return {
            unsubscribe: () => {
              stopped = true;
              clearTimeout(again);
              unsubscribe();
            },
          };
        },
      }),
    }),
  };
}

function openSocket(onRefused: () => void, headers: Headers) {
  let overdue: ReturnType<typeof setTimeout> | undefined;
  let ended = false;
  resetConnection();

  const socket = createSocket({
    url: `${location.protocol === "https:" ? "wss" : "ws"}://${location.host}/graphql`,
    connectionParams: headers,
    lazy: false,
    keepAlive: PING_EVERY_MS,
    retryAttempts: Number.POSITIVE_INFINITY,
    shouldRetry: () => true,
    retryWait: async (attempt) => {
      const wait = Math.min(RETRY_WITHIN_MS, 250 * 2 ** attempt);
      await timeOrOnline(wait * (0.75 + Math.random() / 2));
    },
    onNonLazyError: () => {
      if (!ended) onRefused();
    },
    on: {
      connected,
      closed: () => {
        clearTimeout(overdue);
        if (!ended) disconnected();
      },
      ping: (received) => {
        if (received) return;
        clearTimeout(overdue);
        overdue = setTimeout(() => socket.terminate(), PONG_WITHIN_MS);
      },
      pong: (received) => {
        if (received) clearTimeout(overdue);
      },
    },
  });

  const cutOff = () => {
    disconnected();
    socket.terminate();
  };
  window.addEventListener("offline", cutOff);

  return {
    socket,
    close: () => {
      ended = true;
      clearTimeout(overdue);
      window.removeEventListener("offline", cutOff);
      void socket.dispose();
    },
  };
}

/** A device that says that it is back in range needn't wait any longer. */
function timeOrOnline(milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    const go = () => {
      clearTimeout(timer);
      window.removeEventListener("online", go);
      resolve();
    };
    const timer = setTimeout(go, milliseconds);
    window.addEventListener("online", go);
  });
}
