import {
  applyTransforms,
  context,
  each,
  type FieldArgs,
  type FieldInfo,
  ObjectStep,
  object,
  type Step,
  sideEffect,
} from "postgraphile/grafast";
import { type Reporter, reportLoyalty, reportLoyaltyBatch, type ToldChange, typesOf } from "../telemetry.ts";

interface Shape {
  /** The attribute of the result that holds the outcome, where the result isn't the outcome itself. */
  readonly within?: string;
  /** Attributes beside the ledger entry and `replayed`. */
  readonly attributes: readonly ("outcome" | "correlation_id" | "promotion_points")[];
  /** The row that names the player when there is no entry. */
  readonly about?: "rating_slip" | "reward_request";
}

const completion = ["outcome", "correlation_id", "promotion_points"] as const;

/** Commands that change points, and where their results hold what is logged. */
const shapes: Readonly<Record<string, Shape>> = {
  manualReward: { attributes: [], about: "reward_request" },
  adjustPoints: { attributes: [], about: "reward_request" },
  approveReward: { attributes: [], about: "reward_request" },
  declineReward: { attributes: [], about: "reward_request" },
  redeem: { attributes: [] },
  reverseEntry: { attributes: [] },
  recoverSlipLoyalty: { attributes: completion },
  completeRatingSlip: { attributes: completion, about: "rating_slip" },
  closeVisit: { within: "completion", attributes: completion, about: "rating_slip" },
  movePlayer: { within: "completion", attributes: completion, about: "rating_slip" },
};

export function isLoyaltyCommand(fieldName: string): boolean {
  return Object.hasOwn(shapes, fieldName);
}

/** Milliseconds since the operation began, or since its last command ended. */
export function lap(operation: { lapBegan: number }): number {
  const now = performance.now();
  const elapsed = now - operation.lapBegan;
  operation.lapBegan = now;
  return elapsed;
}

interface Selected {
  readonly event_type: string | null;
  readonly player_id: string | null;
  readonly points_change: string | null;
  readonly transaction_type: string | null;
  readonly tier_before: string | null;
  readonly tier_after: string | null;
  readonly balance_before: string | null;
  readonly balance_after: string | null;
  readonly correlation_id?: string | null;
  readonly outcome?: string | null;
  readonly promotion_points?: string | null;
  readonly replayed: boolean | null;
  readonly about_player_id?: string | null;
  readonly request_status?: string | null;
}

const entryColumns = [
  "event_type",
  "player_id",
  "points_change",
  "transaction_type",
  "tier_before",
  "tier_after",
  "balance_before",
  "balance_after",
] as const;

/**
 * One structured log line per loyalty mutation. Its fields are selected from the mutation's own
 * result, whatever the client asked for; what was refused is logged where errors are mapped.
 */
export function makeTelemetryPlugin(reporter: Reporter): GraphileConfig.Plugin {
  function report(command: string, selected: Selected, operation: Grafast.Context): void {
    const { points_change, outcome, replayed, correlation_id, about_player_id, request_status, ...entry } = selected;
    const isCompletion = shapes[command]?.attributes.includes("outcome");
    if (isCompletion && !outcome) return; // a visit that had no open slip to complete
    reportLoyalty(reporter, {
      command,
      ...entry,
      player_id: entry.player_id ?? about_player_id ?? null,
      session_id: operation.viewer?.sessionId ?? null,
      staff_id: operation.viewer?.staffId ?? null,
      delta_points: points_change ?? (outcome === "awarded" ? "0" : null),
      correlation_id: operation.correlationId,
      outcome: replayed ? "replayed" : (outcome ?? (points_change === null ? unposted(request_status) : "awarded")),
      duration_ms: lap(operation),
      ...(correlation_id && correlation_id !== operation.correlationId ? { first_correlation_id: correlation_id } : {}),
    });
  }

  /** A line for each event that changed points, as for a command, and one for the call. */
  function reportFeed(events: readonly FedEvent[], operation: Grafast.Context): void {
    const call = {
      command: "ingestEvents",
      session_id: operation.viewer?.sessionId ?? null,
      staff_id: operation.viewer?.staffId ?? null,
      correlation_id: operation.correlationId,
      duration_ms: lap(operation),
    };
    const counts: Record<string, number> = { applied: 0, replayed: 0, refused: 0 };
    const entries: Record<string, number> = {};
    for (const { outcome, code, told } of events) {
      counts[outcome] = (counts[outcome] ?? 0) + 1;
      reporter.metrics.count("feed_events_total", { outcome, code: code ?? "" });
      if (!told) continue;
      reportLoyalty(reporter, { ...call, ...told });
      for (const type of typesOf(told)) entries[type] = (entries[type] ?? 0) + 1;
    }
    reportLoyaltyBatch(reporter, { ...call, outcome: "ingested", counts: { ...counts, entries } });
  }

  /** Its transaction has committed when a command's result is there to be looked at. */
  function watch(command: string, $result: Step): void {
    const shape = shapes[command];
    if (shape) {
      const $selected = select(recordOf($result), shape);
      sideEffect([$selected, context()] as const, ([selected, operation]) => report(command, selected, operation));
    } else if (command === "ingestEvents") {
      const $events = applyTransforms(
        each($result as ListStep, ($event) =>
          object({
            outcome: recordOf($event).get("outcome"),
            code: recordOf($event).get("code"),
            told: recordOf($event).get("told"),
          }),
        ),
      ) as Step<readonly FedEvent[]>;
      sideEffect([$events, context()] as const, ([events, operation]) => reportFeed(events, operation));
    } else if (saysReplayed($result)) {
      sideEffect(recordOf($result).get("replayed"), (replayed) => {
        if (replayed === true) reporter.metrics.count("replays_total", { command });
      });
    }
  }

  return {
    name: "PitLedgerTelemetryPlugin",
    version: "1.0.0",
    schema: {
      hooks: {
        GraphQLObjectType_fields_field(field, _build, { scope }) {
          const { fieldName, isRootMutation } = scope;
          const plan = field.plan;
          if (!isRootMutation || !plan) return field;
          return {
            ...field,
            plan($parent: Step, args: FieldArgs, info: FieldInfo) {
              const $payload = plan($parent, args, info);
              if ($payload instanceof ObjectStep) watch(fieldName, $payload.getStepForKey("result"));
              return $payload;
            },
          };
        },
      },
    },
  };
}

/** What became of a request that made no entry. */
function unposted(status: string | null | undefined): string {
  return status === "declined" ? status : "requested";
}

/** A step whose attributes can be selected: a function's result, or a composite value in one. */
interface RecordStep extends Step {
  get(attribute: string): Step;
}

function recordOf($step: Step): RecordStep {
  if ("get" in $step && typeof $step.get === "function") return $step as RecordStep;
  throw new Error(`A command's result was expected to be a record, not ${$step}.`);
}

/** Whether a command's result says that it is the first one again. */
function saysReplayed($result: Step): boolean {
  const { pgCodec } = $result as { pgCodec?: { attributes?: object } };
  return pgCodec?.attributes !== undefined && Object.hasOwn(pgCodec.attributes, "replayed");
}

type ListStep = Parameters<typeof each>[0];

/** What became of an event of the feed. */
interface FedEvent {
  readonly outcome: string;
  readonly code: string | null;
  /** Where it changed points. */
  readonly told: ToldChange | null;
}

function select($result: RecordStep, { within, attributes, about }: Shape): Step<Selected> {
  const $outcome = within ? recordOf($result.get(within)) : $result;
  const $entry = recordOf($outcome.get("ledger_entry"));
  return object({
    ...Object.fromEntries(entryColumns.map((column) => [column, $entry.get(column)])),
    ...Object.fromEntries(attributes.map((attribute) => [attribute, $outcome.get(attribute)])),
    replayed: $outcome.get("replayed"),
    ...(about ? { about_player_id: recordOf($outcome.get(about)).get("player_id") } : {}),
    ...(about === "reward_request" ? { request_status: recordOf($outcome.get(about)).get("status") } : {}),
  }) as unknown as Step<Selected>;
}
