import type { Log } from "./log.ts";
import type { Metrics } from "./metrics/metrics.ts";

/** What a change of a player's points came to, as domain.md section 8 wants it in the log. */
export interface LoyaltyChange {
  readonly event_type: string | null;
  readonly player_id: string | null;
  /** The signed-in session that caused it; null for a job. */
  readonly session_id: string | null;
  readonly delta_points: string | null;
  readonly transaction_type: string | null;
  readonly tier_before: string | null;
  readonly tier_after: string | null;
  readonly balance_before: string | null;
  readonly balance_after: string | null;
  readonly correlation_id: string;
  readonly staff_id: string | null;
}

/** What SQL tells of a change of points where a call's result has no room for its ledger entry. */
export interface ToldChange extends Partial<LoyaltyChange> {
  readonly outcome: string;
  readonly promotion_points?: string | null;
}

export interface LoyaltyOutcome extends Partial<LoyaltyChange> {
  /** The command or job. */
  readonly command: string;
  readonly correlation_id: string;
  readonly duration_ms: number;
  /** What campaigns gave for a completed slip beside delta_points, in entries of their own. */
  readonly promotion_points?: string | null;
  /** awarded, replayed, pending, requested, or the code of the error. */
  readonly outcome: string;
}

const nothing: Omit<LoyaltyChange, "correlation_id"> = {
  event_type: null,
  player_id: null,
  session_id: null,
  delta_points: null,
  transaction_type: null,
  tier_before: null,
  tier_after: null,
  balance_before: null,
  balance_after: null,
  staff_id: null,
};

/** Where the changes of points are told. */
export interface Reporter {
  readonly log: Log;
  readonly metrics: Metrics;
}

/**
 * One line and one count for one loyalty mutation, once it is committed; fields that don't apply
 * are null, so that lines compare.
 */
export function reportLoyalty({ log, metrics }: Reporter, { duration_ms, ...told }: LoyaltyOutcome): void {
  const { command, outcome, transaction_type, promotion_points } = told;
  log.info({ event: "loyalty", ...nothing, ...told, duration_ms: Math.round(duration_ms * 10) / 10 });
  metrics.count("loyalty_commands_total", { command, outcome });
  if (outcome === "replayed") {
    metrics.count("replays_total", { command });
    return;
  }
  for (const type of typesOf({ transaction_type, promotion_points })) {
    metrics.count("ledger_entries_total", { transaction_type: type });
  }
}

/** The types of the entries that a change wrote; a slip's campaigns count as one. */
export function typesOf({ transaction_type, promotion_points }: Partial<LoyaltyOutcome>): string[] {
  return [
    ...(transaction_type ? [transaction_type] : []),
    ...(promotion_points && promotion_points !== "0" ? ["PROMOTION"] : []),
  ];
}

/** Figures of a batch, or groups of them. */
type Counts = Readonly<Record<string, number | Readonly<Record<string, number>>>>;

/** A call that changes the points of many players, as a whole: one line with its counts. */
export function reportLoyaltyBatch(
  { log, metrics }: Reporter,
  { duration_ms, ...told }: LoyaltyOutcome & { readonly counts: Counts },
): void {
  const { counts, ...outcome } = told;
  log.info({ event: "loyalty", ...nothing, ...outcome, ...counts, duration_ms: Math.round(duration_ms * 10) / 10 });
  metrics.count("loyalty_commands_total", { command: told.command, outcome: told.outcome });
}
