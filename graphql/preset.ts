import "./environment.ts";
import { PgSimplifyInflectionPreset } from "@graphile/simplify-inflection";
import type { Pool } from "pg";
import { makePgService } from "postgraphile/adaptors/pg";
import { SafeError } from "postgraphile/grafast";
import type { GraphQLError } from "postgraphile/graphql";
import { PostGraphileAmberPreset } from "postgraphile/presets/amber";
import { PostGraphileConnectionFilterPreset } from "postgraphile-plugin-connection-filter";
import { type ContextOptions, makeContext } from "./context.ts";
import { correlationId } from "./correlation.ts";
import { development } from "./environment.ts";
import type { ErrorMapper } from "./errors.ts";
import type { Notifier } from "./notify.ts";
import type { Observer } from "./observer.ts";
import { AlternativesPlugin } from "./plugins/alternatives.ts";
import { clientGraphQLError, isMapped, makeAnswerPlugin } from "./plugins/answers.ts";
import { ExposurePlugin } from "./plugins/exposure.ts";
import { keepInfiniteTimes } from "./plugins/infinite-times.ts";
import { DepthLimitPlugin } from "./plugins/limits.ts";
import { makeLivePlugin } from "./plugins/live.ts";
import { NamingPlugin } from "./plugins/naming.ts";
import { makePersistedOperationsPlugin } from "./plugins/operations.ts";
import { makeTelemetryPlugin } from "./plugins/telemetry.ts";
import type { RefusalRecorder } from "./refusals.ts";
import type { Reporter } from "./telemetry.ts";

keepInfiniteTimes();

export const schemas = ["identity", "floor", "loyalty", "compliance", "ops"];

export const graphqlPath = "/graphql";

/** In bytes; a batch of 30 feed events is about 10 000. */
export const longestRequest = 100_000;

export interface PresetOptions extends Omit<ContextOptions, "statementTimeout"> {
  readonly pool: Pool;
  readonly errors: ErrorMapper;
  readonly notifier: Notifier;
  readonly observer: Observer;
  readonly reporter: Reporter;
  readonly refusals: RefusalRecorder;
  /** Files of allowed operations; undefined allows any operation. */
  readonly operations?: readonly string[] | undefined;
  /** Milliseconds that one SQL statement may take. */
  readonly statementTimeout?: number | undefined;
  /** Milliseconds that one operation may take in all. */
  readonly executionTimeout?: number | undefined;
}

/** The GraphQL schema that the database describes; what it may do is decided there too. */
export function makePreset(options: PresetOptions): GraphileConfig.Preset {
  const { pool, errors, notifier, observer, reporter, refusals, operations } = options;
  const { statementTimeout = 5_000, executionTimeout = 10_000 } = options;
  const { message, code, hint } = errors.registry.error("IDUNA");

  return {
    extends: [schemaPreset(pool)],
    plugins: [
      DepthLimitPlugin,
      makeAnswerPlugin({ errors, notifier, observer, reporter, refusals }),
      makeTelemetryPlugin(reporter),
      makeLivePlugin(() => new SafeError(message, { code, hint })),
      ...(operations ? [makePersistedOperationsPlugin(operations)] : []),
    ],
    grafast: {
      context: makeContext({ ...options, statementTimeout }),
      maxPlanningDepth: 60,
      timeouts: { planning: 2_000, execution: executionTimeout },
      explain: false,
    },
    grafserv: {
      graphqlPath,
      graphqlOverGET: false,
      graphiql: development,
      graphiqlPath: "/graphiql",
      websockets: true,
      watch: false,
      maxRequestLength: longestRequest,
      maskError(error: GraphQLError) {
        if (isMapped(error)) return error;
        const id = correlationId();
        return clientGraphQLError(error, errors.map(error, { correlationId: id, visitor: false }), id);
      },
    },
  };
}

/** The part of the preset that shapes the schema. */
function schemaPreset(pool: Pool): GraphileConfig.Preset {
  return {
    extends: [PostGraphileAmberPreset, PgSimplifyInflectionPreset, PostGraphileConnectionFilterPreset],
    plugins: [AlternativesPlugin, NamingPlugin, ExposurePlugin],
    disablePlugins: [
      // Filters reach no further than the row itself: no joins that a client composes.
      "PgConnectionArgFilterForwardRelationsPlugin",
      "PgConnectionArgFilterBackwardRelationsPlugin",
      // `filter` says all that `condition` can.
      "PgConditionArgumentPlugin",
      "PgConditionCustomFieldsPlugin",
      // Relay 1 needed these; `node(nodeId:)` does what the accessors do.
      "QueryQueryPlugin",
      "NodeAccessorPlugin",
    ],
    gather: { pgStrictFunctions: true, installWatchFixtures: false },
    schema: {
      defaultBehavior: "-resource:insert -resource:update -resource:delete",
      dontSwallowErrors: true,
      pgForbidSetofFunctionsToReturnNull: true,
      connectionFilterAllowEmptyObjectInput: true,
      connectionFilterAllowNullInput: true,
      connectionFilterComputedColumns: false,
    },
    pgServices: [makePgService({ pool, schemas, pubsub: false, pgSettingsForIntrospection: { role: "pit_staff" } })],
  };
}
