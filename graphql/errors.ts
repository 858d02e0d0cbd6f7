import { randomBytes } from "node:crypto";
import type { Pool } from "pg";
import { isSafeError } from "postgraphile/grafast";
import { GraphQLError } from "postgraphile/graphql";
import type { Log } from "./log.ts";

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** What a client learns of an error, over GraphQL (as extensions) and from the auth routes. */
export interface ClientError {
  readonly message: string;
  readonly code: string;
  readonly sqlstate?: string | undefined;
  readonly hint?: string | undefined;
  readonly details?: Json | undefined;
  /** Of an error that was masked: the log has a line with it. */
  readonly errorId?: string | undefined;
}

export interface RegisteredError {
  readonly sqlstate: string;
  readonly name: string;
  readonly message: string;
  readonly hint: string;
}

/** The database's registry of errors, read once at start. */
export class ErrorRegistry {
  readonly #bySqlstate: Map<string, RegisteredError>;

  constructor(errors: readonly RegisteredError[]) {
    this.#bySqlstate = new Map(errors.map((error) => [error.sqlstate, error]));
  }

  static async load(pool: Pool): Promise<ErrorRegistry> {
    const { rows } = await pool.query<RegisteredError>("select sqlstate, name, message, hint from ops.error_registry");
    return new ErrorRegistry(rows);
  }

  get(sqlstate: string): RegisteredError | undefined {
    return this.#bySqlstate.get(sqlstate);
  }

  /** A registered error raised by the gateway itself. */
  error(sqlstate: string): ClientError {
    const registered = this.get(sqlstate);
    if (!registered) throw new Error(`ops.error_registry has no ${sqlstate}.`);
    return { message: registered.message, code: registered.name, sqlstate, hint: registered.hint };
  }
}

/** Who met the error, for the log and for telling "not signed in" from "not allowed". */
export interface Circumstances {
  readonly correlationId: string;
  readonly visitor: boolean;
  readonly operation?: string | undefined;
  readonly path?: string | undefined;
}

/** The fields of node-postgres' DatabaseError that are used here. */
interface DatabaseError extends Error {
  readonly code: string;
  readonly severity: string;
  readonly detail?: string;
  readonly hint?: string;
  readonly schema?: string;
  readonly table?: string;
  readonly column?: string;
  readonly constraint?: string;
  readonly routine?: string;
  readonly where?: string;
}

function isDatabaseError(error: unknown): error is DatabaseError {
  return (
    error instanceof Error &&
    "severity" in error &&
    "code" in error &&
    typeof error.code === "string" &&
    /^[0-9A-Z]{5}$/.test(error.code)
  );
}

/** Turns whatever was thrown into what a client may know; what isn't meant for clients is logged. */
export class ErrorMapper {
  readonly #registry: ErrorRegistry;
  readonly #log: Log;

  constructor(registry: ErrorRegistry, log: Log) {
    this.#registry = registry;
    this.#log = log;
  }

  get registry(): ErrorRegistry {
    return this.#registry;
  }

  map(thrown: unknown, at: Circumstances): ClientError {
    const error = rootOf(thrown);
    if (isDatabaseError(error)) return this.#mapDatabaseError(error, at);
    if (error instanceof Error && isSafeError(error)) return mapSafeError(error);
    if (error instanceof GraphQLError) return this.#mapGraphQLError(error, at);
    if (isConnectionError(error)) return this.#unavailable(error, at);
    return this.#mask(error, at);
  }

  #mapDatabaseError(error: DatabaseError, at: Circumstances): ClientError {
    const registered = this.#registry.get(error.code);
    if (registered) {
      return {
        message: error.message,
        code: registered.name,
        sqlstate: error.code,
        hint: error.hint ?? registered.hint,
        details: parseDetails(error.detail),
      };
    }
    const sqlstate = error.code;
    switch (sqlstate) {
      case "42501":
        return at.visitor
          ? this.#registry.error("IDUNA")
          : {
              message: "You may not do this.",
              code: "FORBIDDEN",
              sqlstate,
              hint: "Ask an administrator for the permission, or someone who has it to do this.",
            };
      case "57014":
        return {
          message: "The request took too long and was stopped.",
          code: "TIMEOUT",
          sqlstate,
          hint: "Ask for less at once, or try again in a moment.",
        };
      case "40001":
      case "40P01":
      case "55P03":
        return {
          message: "The request met another one and was not carried out.",
          code: "RETRY",
          sqlstate,
          hint: "Send the same request again.",
        };
    }
    if (/^(08|28|53|57P)/.test(sqlstate)) return this.#unavailable(error, at, sqlstate);
    if (["22P02", "22003", "22007", "22008", "22021", "22P05"].includes(sqlstate)) {
      const { errorId } = this.#mask(error, at);
      return {
        message: "A value of the request can't be used.",
        code: "INVALID_VALUE",
        sqlstate,
        hint: "Check ids, numbers and dates of the request.",
        errorId,
      };
    }
    return this.#mask(error, at);
  }

  /** Errors of GraphQL itself: the request doesn't fit the schema, so the message helps. */
  #mapGraphQLError(error: GraphQLError, at: Circumstances): ClientError {
    const { code, hint } = error.extensions;
    if (typeof code === "string") {
      return { message: error.message, code, hint: typeof hint === "string" ? hint : undefined };
    }
    if (error.path !== undefined) {
      const { errorId } = this.#mask(error, at);
      return { message: error.message, code: "INTERNAL_ERROR", errorId };
    }
    return describeInvalid(error.message);
  }

  #unavailable(error: Error, at: Circumstances, sqlstate?: string): ClientError {
    const { errorId } = this.#mask(error, at);
    return {
      message: "The database can't be reached at the moment.",
      code: "UNAVAILABLE",
      sqlstate,
      hint: "Try again in a moment.",
      errorId,
    };
  }

  #mask(error: unknown, at: Circumstances): ClientError {
    const errorId = randomBytes(8).toString("hex");
    this.#log.error({ event: "error.masked", errorId, ...at, ...loggable(error) });
    return {
      message: `Something went wrong on our side; the log has it under ${errorId}.`,
      code: "INTERNAL_ERROR",
      hint: "Try again; if it keeps happening, give this id to whoever runs PitLedger.",
      errorId,
    };
  }
}

/** A request that was refused before it became an operation: unreadable, invalid or too deep. */
export function describeInvalid(message: string): ClientError {
  if (message.startsWith("Syntax Error")) {
    return { message, code: "GRAPHQL_PARSE_FAILED", hint: "Correct the GraphQL document at the place given." };
  }
  if (message.includes("exceeds operation depth limits")) {
    return {
      message: "The operation is nested too deeply.",
      code: "DEPTH_LIMIT_EXCEEDED",
      hint: "Ask for fewer levels, in several requests if need be.",
    };
  }
  return {
    message,
    code: "GRAPHQL_VALIDATION_FAILED",
    hint: "Compare the operation and its variables with the schema.",
  };
}

/** An error that is meant to be shown as it is. */
export function mapSafeError(error: Error & { extensions?: Record<string, unknown> | undefined }): ClientError {
  const { code, hint, statusCode } = error.extensions ?? {};
  if (typeof code === "string") {
    return { message: error.message, code, hint: typeof hint === "string" ? hint : undefined };
  }
  if (/^(Execution timeout|Operation took too long)/.test(error.message)) {
    return { message: error.message, code: "TIMEOUT", hint: "Ask for less at once, or try again in a moment." };
  }
  return { message: error.message, ...codeOfStatus(typeof statusCode === "number" ? statusCode : 400) };
}

/** The code of an answer that the HTTP layer gives before any operation runs. */
export function codeOfStatus(status: number): { code: string; hint: string } {
  switch (status) {
    case 405:
      return { code: "METHOD_NOT_ALLOWED", hint: "Send a POST request." };
    case 406:
      return { code: "NOT_ACCEPTABLE", hint: "Accept application/graphql-response+json or application/json." };
    case 413:
      return { code: "REQUEST_TOO_LARGE", hint: "Send a smaller request." };
    case 415:
      return { code: "UNSUPPORTED_MEDIA_TYPE", hint: "Send the body as application/json." };
    default:
      return { code: "BAD_REQUEST", hint: "Send a JSON object with query, variables and operationName." };
  }
}

/** Follows the causes down to what was thrown first. */
function rootOf(thrown: unknown): unknown {
  let error = thrown;
  for (let depth = 0; depth < 10; depth += 1) {
    if (!(error instanceof GraphQLError)) return error;
    const cause = error.originalError;
    // graphql-js wraps a scalar's complaint about a variable; the wrapping names the variable.
    if (!cause || cause instanceof GraphQLError) return error;
    error = cause;
  }
  return error;
}

function isConnectionError(error: unknown): error is Error {
  if (!(error instanceof Error)) return false;
  if ("code" in error && typeof error.code === "string") {
    return ["ECONNREFUSED", "ECONNRESET", "ENOTFOUND", "ETIMEDOUT", "EPIPE"].includes(error.code);
  }
  return /^(Connection terminated|timeout exceeded when trying to connect)/.test(error.message);
}

/** Details of registered errors are JSON objects for programs; other details stay in the database. */
function parseDetails(detail: string | undefined): Json | undefined {
  if (!detail?.startsWith("{")) return undefined;
  try {
    return JSON.parse(detail) as Json;
  } catch {
    return undefined;
  }
}

/** What a log line may hold of an error: where and what kind, but none of the data it is about. */
function loggable(error: unknown): Record<string, unknown> {
  if (isDatabaseError(error)) {
    const { code, schema, table, column, constraint, routine } = error;
    // Messages of classes 22 and 23 quote values, and a raised one may; the lines about functions don't.
    const quotes = /^2[23]/.test(code) || routine === "exec_stmt_raise";
    const reason = quotes ? undefined : error.message;
    const where = error.where
      ?.split("\n")
      .filter((line) => /^(PL\/pgSQL|SQL) function/.test(line))
      .slice(0, 8);
    return { sqlstate: code, reason, schema, table, column, constraint, routine, where };
  }
  if (error instanceof Error) return { kind: error.name, reason: error.message, stack: error.stack };
  return { reason: typeof error };
}
