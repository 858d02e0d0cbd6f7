import type { PolicyFragment } from "../../generated/graphql.ts";
import { formatPoints, formatShare, humanize } from "../../lib/format.ts";

// What a policy consists of, in words. What a value may be, the database knows.

type Kind = "flag" | "points" | "number" | "share" | "choice";

export interface Parameter {
  /** Its name in the database, by which a draft gives it. */
  column: string;
  field: Exclude<keyof PolicyFragment, "__typename" | "loyaltyDraft" | "loyaltyPolicyId">;
  label: string;
  kind: Kind;
  /** What it means that it isn't set. */
  unset?: string;
  hint?: string;
}

export interface ParameterGroup {
  title: string;
  parameters: readonly Parameter[];
}

export const roundings = [
  { id: "half_up", label: "Half up" },
  { id: "floor", label: "Down" },
] as const;

export const parameterGroups: readonly ParameterGroup[] = [
  {
    title: "What play is worth",
    parameters: [
      { column: "round_decisions", field: "roundDecisions", label: "Decisions are rounded", kind: "flag" },
      { column: "apply_tier_multiplier", field: "applyTierMultiplier", label: "Tiers multiply points", kind: "flag" },
      {
        column: "seat_bonus_rate",
        field: "seatBonusRate",
        label: "Bonus per missing seat",
        kind: "share",
        hint: "As a share of the points.",
      },
      { column: "full_table_seats", field: "fullTableSeats", label: "Seats of a full table", kind: "number" },
      {
        column: "volume_bonus",
        field: "volumeBonus",
        label: "Volume factor",
        kind: "number",
        hint: "When more decisions are played than the game's hourly pace.",
      },
      { column: "rounding", field: "rounding", label: "Points are rounded", kind: "choice" },
    ],
  },
  {
    title: "Rewards and limits",
    parameters: [
      { column: "reward_limit", field: "rewardLimit", label: "Most points of one reward", kind: "points" },
      { column: "approval_threshold", field: "approvalThreshold", label: "A second person from", kind: "points" },
      {
        column: "rewards_per_minute",
        field: "rewardsPerMinute",
        label: "Rewards per person and minute",
        kind: "number",
      },
      {
        column: "staff_day_limit",
        field: "staffDayLimit",
        label: "Points per person and gaming day",
        kind: "points",
        unset: "No limit",
      },
      {
        column: "player_day_limit",
        field: "playerDayLimit",
        label: "Points per player and gaming day",
        kind: "points",
        unset: "No limit",
      },
      {
        column: "reward_reason_length",
        field: "rewardReasonLength",
        label: "Characters of a reason",
        kind: "number",
      },
      { column: "request_hours", field: "requestHours", label: "Hours to decide on a request", kind: "number" },
    ],
  },
  {
    title: "Expiry and cost",
    parameters: [
      {
        column: "points_valid_days",
        field: "pointsValidDays",
        label: "Days that points stay good",
        kind: "number",
        unset: "For ever",
      },
      { column: "cost_per_point", field: "costPerPoint", label: "Dollars per redeemed point", kind: "number" },
      {
        column: "breakage_rate",
        field: "breakageRate",
        label: "Share never redeemed",
        kind: "share",
        hint: "An assumption, for the liability.",
      },
    ],
  },
];

export const allParameters = parameterGroups.flatMap((group) => group.parameters);

export type Value = string | number | boolean | null | undefined;

/** A parameter's value as a person reads it. */
export function show(parameter: Parameter, value: Value): string {
  if (value === null || value === undefined || value === "") return parameter.unset ?? "–";
  switch (parameter.kind) {
    case "flag":
      return value === true || value === "true" ? "Yes" : "No";
    case "points":
      return formatPoints(String(value));
    case "share":
      return formatShare(String(value));
    case "choice":
      return roundings.find((each) => each.id === value)?.label ?? humanize(String(value));
    case "number":
      return plain(String(value));
  }
}

/** "1.1000" → "1.1". */
export function plain(decimal: string): string {
  return decimal.includes(".") ? decimal.replace(/\.?0+$/, "") : decimal;
}

/** What a field of the form holds for a value. */
export function fieldText(value: Value): string {
  return value === null || value === undefined ? "" : plain(String(value));
}

export function isSame(one: Value, other: Value): boolean {
  return fieldText(one) === fieldText(other);
}

export interface DraftedTier {
  tier: string;
  threshold_points: string | number;
  multiplier: string | number;
}

/** The parameters that a draft has written down; undefined where it leaves the policy alone. */
export function draftedPolicy(policy: unknown): Record<string, Value> | undefined {
  return typeof policy === "object" && policy !== null ? (policy as Record<string, Value>) : undefined;
}

export function draftedTiers(tiers: unknown): readonly DraftedTier[] | undefined {
  return Array.isArray(tiers) ? (tiers as DraftedTier[]) : undefined;
}

/** The tiers of the version that comes first in a list of versions. */
export function newestTiers<Row extends { effectiveFrom: string }>(rows: readonly Row[]): Row[] {
  return rows.filter((row) => row.effectiveFrom === rows[0]?.effectiveFrom);
}
