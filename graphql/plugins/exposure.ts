import type {} from "postgraphile";
import type { PgResourceParameter } from "postgraphile/@dataplan/pg";
import { context, type FieldArgs } from "postgraphile/grafast";
import type { GraphQLFieldConfigArgumentMap } from "postgraphile/graphql";

/** Functions that policies call, or routes outside GraphQL, and that a client has no use for. */
const internal = new Set([
  "current_casino_id",
  "session_may",
  "ctr_batch",
  "ctr_batch_filed",
  "record_ctr_export",
  "reset_password",
]);

/** Attributes of results that are for the gateway's own log. */
const untold: Readonly<Record<string, readonly string[]>> = { ingested_outcome: ["told"] };

/**
 * Columns that lists may be filtered and ordered by although no plain index begins with them:
 * partial indexes or the smallness of the table serve them.
 */
const searchable: Readonly<Record<string, readonly string[]>> = {
  rating_slip: ["state", "closed_at"],
  visit: ["closed_at"],
  player: ["first_name", "last_name"],
  gaming_table: ["pit", "active"],
  reward_request: ["status", "created_at"],
  accrual_failure: ["created_at", "resolved_at"],
  staff: ["display_name"],
  patron_link: ["undone_at"],
  compliance_alert: ["resolved_at"],
  reconciliation_run: ["cause", "drift_found"],
  reconciliation_drift: ["subject", "player_id", "patron_id"],
};

/**
 * Columns that lists may be filtered by, but not ordered: they narrow down what a key's first
 * columns have found, as a player's entries.
 */
const narrowing: Readonly<Record<string, readonly string[]>> = {
  loyalty_ledger: ["transaction_type", "gaming_day"],
};

/**
 * The casino is never an argument and says nothing to a client: a person sees one casino only.
 * `casino_id` disappears from the tables' types, filters and orders, and looking a row up by its
 * key takes the rest of the key; the casino is added from the session, so that the key's index
 * serves. A function that takes a row beside other arguments is for SQL: there are no rows to hand
 * in over GraphQL. Row-level security decides what is seen, with or without this plugin.
 */
export const ExposurePlugin: GraphileConfig.Plugin = {
  name: "PitLedgerExposurePlugin",
  version: "1.0.0",
  schema: {
    entityBehavior: {
      pgCodecAttribute: {
        override: {
          provides: ["pitledger"],
          callback(behavior, [codec, attributeName]) {
            const table = codec.extensions?.pg?.name ?? "";
            if (untold[table]?.includes(attributeName)) return [behavior, "-*"];
            if (!codec.extensions?.isTableLike) return behavior;
            if (attributeName === "casino_id") return [behavior, "-*"];
            if (searchable[table]?.includes(attributeName)) return [behavior, "filterBy", "orderBy"];
            return narrowing[table]?.includes(attributeName) ? [behavior, "filterBy"] : behavior;
          },
        },
      },
      pgResource: {
        override: {
          provides: ["pitledger"],
          callback(behavior, resource) {
            const takesARow = resource.parameters
              ?.slice(1)
              .some((parameter: PgResourceParameter) => parameter.codec.attributes);
            const hidden = takesARow || internal.has(resource.extensions?.pg?.name ?? "");
            return hidden ? [behavior, "-*"] : behavior;
          },
        },
      },
    },
    hooks: {
      GraphQLObjectType_fields_field(field, build, { scope }) {
        const { pgFieldResource: resource, pgFieldResourceUnique: unique } = scope;
        if (!scope.isPgRowByUniqueConstraintField || !resource || !unique) return field;
        if (!unique.attributes.includes("casino_id")) return field;

        const argumentByAttribute = new Map<string, string>(
          unique.attributes.map((attributeName: string) => [
            attributeName,
            build.inflection.attribute({ attributeName, codec: resource.codec }),
          ]),
        );
        const casinoArgument = argumentByAttribute.get("casino_id") ?? "";
        argumentByAttribute.delete("casino_id");
        const args: GraphQLFieldConfigArgumentMap = { ...field.args };
        delete args[casinoArgument];
        return {
          ...field,
          args,
          plan(_parent: unknown, fieldArgs: FieldArgs) {
            const key = Object.fromEntries(
              [...argumentByAttribute].map(([attribute, argument]) => [attribute, fieldArgs.getRaw(argument)]),
            );
            return resource.get({ casino_id: context().get("casinoId"), ...key });
          },
        };
      },
    },
  },
};
