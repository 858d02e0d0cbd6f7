import { cacheExchange } from "@urql/exchange-graphcache";
import { retryExchange } from "@urql/exchange-retry";
import {
  Client,
  type CombinedError,
  fetchExchange,
  getOperationName,
  makeOperation,
  mapExchange,
  type Operation,
} from "urql";
import { operationHashes } from "../generated/operations.ts";
import { observeServerTime } from "../lib/clock.ts";
import { noteAnswer } from "../lib/last-answer.ts";
import { randomId } from "../lib/random.ts";
import { cacheConfig } from "./cache.ts";
import { isSignedOut, rememberRequest } from "./errors.ts";
import { createLive } from "./live.ts";
import { staffHeaders } from "./staff.ts";

export interface SessionClient {
  urql: Client;
  /** Opens the live connection; returns what closes it again. */
  openLive: () => () => void;
  /** Whose session it is, when that is known. */
  belongsTo: (staffId: string) => void;
}

/** One client per session: signing out drops its cache with it. */
export function createSessionClient(onSignedOut: () => void): SessionClient {
  let staffId: string | undefined;
  const live = createLive(onSignedOut, () => staffHeaders(staffId));
  const noteError = (error: CombinedError, correlationId: unknown) => {
    if (typeof correlationId === "string") rememberRequest(error, correlationId);
    if (isSignedOut(error)) onSignedOut();
  };
  const urql = new Client({
    url: "/graphql",
    preferGetMethod: false,
    fetch: timedFetch,
    fetchOptions: { credentials: "same-origin" },
    exchanges: [
      cacheExchange(cacheConfig),
      mapExchange({
        onOperation(operation) {
          if (operation.kind === "subscription") return withHash(operation);
          if (operation.kind !== "query" && operation.kind !== "mutation") return;
          const correlationId = randomId();
          const listed = withHash(operation);
          return makeOperation(operation.kind, listed, {
            ...operation.context,
            correlationId,
            fetchOptions: {
              credentials: "same-origin",
              headers: { "x-correlation-id": correlationId, ...staffHeaders(staffId) },
            },
          });
        },
        onError: (error, operation) => noteError(error, operation.context.correlationId),
      }),
      // Reading is repeated by itself. A command is repeated by the person, with its own key.
      retryExchange({
        maxNumberAttempts: 3,
        retryIf: (error, operation) => operation.kind === "query" && Boolean(error.networkError),
      }),
      fetchExchange,
      live.exchange,
    ],
  });
  return {
    urql,
    openLive: live.open,
    belongsTo: (person) => {
      staffId = person;
    },
  };
}

/** Adds the operation's hash, by which a server that takes only listed operations knows it. */
function withHash(operation: Operation): Operation {
  const sha256Hash = operationHashes[getOperationName(operation.query) ?? ""];
  if (sha256Hash === undefined) return operation;
  // `miss` has urql send the text too, for a server that keeps no list.
  const persistedQuery = { version: 1 as const, sha256Hash, miss: true };
  return { ...operation, extensions: { ...operation.extensions, persistedQuery } };
}

/** The server gives up before; after that a line that says nothing counts as one that is cut. */
const ANSWER_WITHIN_MS = 15_000;

const timedFetch: typeof fetch = async (input, init) => {
  const overdue = new AbortController();
  init?.signal?.addEventListener("abort", () => overdue.abort());
  setTimeout(() => overdue.abort(new DOMException("", "TimeoutError")), ANSWER_WITHIN_MS);
  const response = await fetch(input, { ...init, signal: overdue.signal });
  observeServerTime(response.headers.get("date"));
  noteAnswer();
  return response;
};
