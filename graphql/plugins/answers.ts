import type {} from "postgraphile/grafserv";
import {
  type ExecutionArgs,
  type ExecutionResult,
  GraphQLError,
  getOperationAST,
  Kind,
  OperationTypeNode,
} from "postgraphile/graphql";
import type { ClientError, ErrorMapper } from "../errors.ts";
import type { Notifier, Topic } from "../notify.ts";
import type { Observer } from "../observer.ts";
import type { RefusalRecorder } from "../refusals.ts";
import { type Reporter, reportLoyalty } from "../telemetry.ts";
import { exceededLimits } from "./limits.ts";
import { isLoyaltyCommand, lap } from "./telemetry.ts";

/** Errors that were mapped already, so that grafserv's own masking leaves them alone. */
const mapped = new WeakSet<GraphQLError>();

/** What a result of any kind has in common: one answer, or one of a subscription's many. */
interface Result {
  readonly errors?: readonly GraphQLError[] | undefined;
}

/** What `makeContext` put there. */
function contextOf(args: ExecutionArgs): Grafast.Context {
  return args.contextValue as Grafast.Context;
}

export interface AnswerOptions {
  readonly errors: ErrorMapper;
  readonly notifier: Notifier;
  readonly observer: Observer;
  readonly reporter: Reporter;
  readonly refusals: RefusalRecorder;
}

/**
 * What happens around every operation, over HTTP and websockets alike: limits before, error codes
 * and the correlation id in the answer, and the notification of the screens once a command's
 * transaction has committed.
 */
export function makeAnswerPlugin(options: AnswerOptions): GraphileConfig.Plugin {
  const { errors, notifier, observer, reporter, refusals } = options;

  function present<T extends Result>(result: T, args: ExecutionArgs): T {
    if (!result.errors) return result;
    const mappedErrors = result.errors.map((error) => mapError(errors, error, args));
    for (const error of mappedErrors) {
      reportRefusal(reporter, error, contextOf(args));
      recordRefusal(error, args);
    }
    return { ...result, errors: mappedErrors };
  }

  /** Every registered error of a command; of a query, that it wasn't allowed. */
  function recordRefusal(error: GraphQLError, args: ExecutionArgs): void {
    const { session, correlationId } = contextOf(args);
    const { code, sqlstate } = error.extensions;
    if (session === undefined || typeof sqlstate !== "string") return;
    const denied = code === "FORBIDDEN" || code === "UNAUTHORIZED";
    if (!denied && !(isCommand(args) && errors.registry.get(sqlstate))) return;
    refusals.record({ session, operation: rootFieldOf(error, args), sqlstate, correlationId });
  }

  return {
    name: "PitLedgerAnswerPlugin",
    version: "1.0.0",
    grafast: {
      middleware: {
        execute(next, { args }) {
          return observer.execute(args, async () => {
            const refused = refuse(args);
            if (refused) return present(refused, args);
            const result = await attempt(next);
            if (Symbol.asyncIterator in result) throw new Error("Incremental delivery is not supported.");
            const { viewer } = contextOf(args);
            if (viewer && isCommand(args) && hasData(result)) notifier.changed(viewer.casinoId, topicsOf(args));
            return present(result, args);
          });
        },
        subscribe(next, { args }) {
          return observer.subscribe(args, async () => {
            const refused = refuse(args);
            if (refused) return present(refused, args);
            watchWithoutEnd(args);
            const result = await attempt(next);
            if (!(Symbol.asyncIterator in result)) return present(result, args);
            return presentEach(result, (each) => present(each, args));
          });
        },
      },
    },
  };
}

/**
 * Grafast counts the time that an operation may take from the moment of subscribing, so that every
 * event would fail once a board has been watched for that long. What bounds an event is the time
 * that its SQL may take.
 */
function watchWithoutEnd(args: { resolvedPreset?: GraphileConfig.ResolvedPreset | undefined }): void {
  const preset = args.resolvedPreset;
  if (!preset?.grafast) return;
  const { execution: _, ...timeouts } = preset.grafast.timeouts ?? {};
  args.resolvedPreset = { ...preset, grafast: { ...preset.grafast, timeouts } };
}

async function attempt<T>(run: () => T | PromiseLike<T>): Promise<T | ExecutionResult> {
  try {
    return await run();
  } catch (thrown) {
    return { errors: [wrap(thrown)] };
  }
}

function wrap(thrown: unknown): GraphQLError {
  const originalError = thrown instanceof Error ? thrown : new Error("Something that isn't an error was thrown.");
  return new GraphQLError(originalError.message, { originalError });
}

function refuse(args: ExecutionArgs): ExecutionResult | undefined {
  const { failure } = contextOf(args);
  if (failure !== undefined) return { errors: [wrap(failure)] };
  const errors = exceededLimits(args.schema, args.document, args.operationName, args.variableValues ?? {});
  return errors.length > 0 ? { errors } : undefined;
}

/** The root field in which an error arose, by the schema's name for it, whatever the client calls it. */
function rootFieldOf({ path, nodes }: GraphQLError, args: ExecutionArgs): string {
  const selections = getOperationAST(args.document, args.operationName)?.selectionSet.selections ?? [];
  const field =
    path?.length === 1
      ? nodes?.[0]
      : selections.find((each) => each.kind === Kind.FIELD && (each.alias ?? each.name).value === path?.[0]);
  return field?.kind === Kind.FIELD ? field.name.value : "other";
}

function isCommand(args: ExecutionArgs): boolean {
  return getOperationAST(args.document, args.operationName)?.operation === OperationTypeNode.MUTATION;
}

/** Whether at least one of the commands of a request was carried out. */
function hasData(result: ExecutionResult): boolean {
  return Object.values(result.data ?? {}).some((value) => value !== null);
}

/** Commands of the floor and of loyalty that move no currency. */
const boardOnly = new Set([
  "openVisit",
  "closeVisit",
  "startRatingSlip",
  "recordBet",
  "pauseRatingSlip",
  "resumeRatingSlip",
  "movePlayer",
  "completeRatingSlip",
  "recoverSlipLoyalty",
  "manualReward",
  "adjustPoints",
  "approveReward",
  "declineReward",
]);

/** What a command may have changed; a field within a fragment counts as changing everything. */
function topicsOf(args: ExecutionArgs): readonly Topic[] | undefined {
  const commands = getOperationAST(args.document, args.operationName)?.selectionSet.selections ?? [];
  const moveNoCash = commands.every((field) => field.kind === Kind.FIELD && boardOnly.has(field.name.value));
  return moveNoCash ? ["board"] : undefined;
}

/** Maps what a subscription yields. (A generator would hold a `return` back until the next event.) */
function presentEach<T extends Result>(
  results: AsyncGenerator<T, void, void>,
  present: (result: T) => T,
): AsyncGenerator<T, void, void> {
  const presentNext = (next: IteratorResult<T, void>): IteratorResult<T, void> =>
    next.done ? next : { done: false, value: present(next.value) };
  return {
    next: async () => presentNext(await results.next()),
    return: async (value) => presentNext(await results.return(value)),
    throw: async (thrown) => presentNext(await results.throw(thrown)),
    [Symbol.asyncIterator]() {
      return this;
    },
    async [Symbol.asyncDispose]() {
      await results.return();
    },
  };
}

function mapError(errors: ErrorMapper, error: GraphQLError, args: ExecutionArgs): GraphQLError {
  const { correlationId, viewer } = contextOf(args);
  const operation = args.operationName ?? getOperationAST(args.document)?.name?.value;
  const path = error.path?.join(".");
  const client = errors.map(error, { correlationId, visitor: viewer === undefined, operation, path });
  return clientGraphQLError(error, client, correlationId);
}

/** A refused loyalty mutation has its line in the log too. */
function reportRefusal(
  reporter: Reporter,
  { path, nodes, extensions }: GraphQLError,
  operation: Grafast.Context,
): void {
  const field = nodes?.[0];
  if (path?.length !== 1 || field?.kind !== Kind.FIELD || !isLoyaltyCommand(field.name.value)) return;
  reportLoyalty(reporter, {
    command: field.name.value,
    session_id: operation.viewer?.sessionId ?? null,
    staff_id: operation.viewer?.staffId ?? null,
    correlation_id: operation.correlationId,
    outcome: String(extensions.code),
    duration_ms: lap(operation),
  });
}

/** The error as the client gets it, at the same place of the operation. */
export function clientGraphQLError(error: GraphQLError, client: ClientError, correlationId: string): GraphQLError {
  const presented = new GraphQLError(client.message, {
    nodes: error.nodes,
    source: error.source,
    positions: error.positions,
    path: error.path,
    extensions: extensionsOf(client, correlationId),
  });
  mapped.add(presented);
  return presented;
}

export function isMapped(error: GraphQLError): boolean {
  return mapped.has(error);
}

/** `extensions` of an error: only what is there. */
export function extensionsOf({ message: _, ...rest }: ClientError, correlationId: string): Record<string, unknown> {
  const entries = Object.entries({ ...rest, correlationId }).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries);
}
