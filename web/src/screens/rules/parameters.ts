import type { PolicyFragment } from "../../generated/graphql.ts";
import { formatPoints, formatShare, humanize } from "../../lib/format.ts";
import { words } from "../../words/words.ts";

const t = words("rules");

// What a policy consists of, in words. What a value may be, the database knows.

type Kind = "flag" | "points" | "number" | "share" | "choice";

export interface Parameter {
  /** Its name in the database, by which a draft gives it. */
  column: string;
  field: Exclude<keyof PolicyFragment, "__typename" | "loyaltyDraft" | "loyaltyPolicyId">;
  label: () => string;
  kind: Kind;
  /** What it means that it isn't set. */
  unset?: () => string;
  hint?: () => string;
}

export interface ParameterGroup {
  title: () => string;
  parameters: readonly Parameter[];
}

export const roundings = () =>
  [
    { id: "half_up", label: t("rounding.halfUp") },
    { id: "floor", label: t("rounding.down") },
  ] as const;

export const parameterGroups: readonly ParameterGroup[] = [
  {
    title: () => t("group.play"),
    parameters: [
      { column: "round_decisions", field: "roundDecisions", label: () => t("parameter.roundDecisions"), kind: "flag" },
      {
        column: "apply_tier_multiplier",
        field: "applyTierMultiplier",
        label: () => t("parameter.tiersMultiply"),
        kind: "flag",
      },
      {
        column: "seat_bonus_rate",
        field: "seatBonusRate",
        label: () => t("parameter.seatBonus"),
        kind: "share",
        hint: () => t("parameter.seatBonusHint"),
      },
      { column: "full_table_seats", field: "fullTableSeats", label: () => t("parameter.fullTable"), kind: "number" },
      {
        column: "volume_bonus",
        field: "volumeBonus",
        label: () => t("parameter.volume"),
        kind: "number",
        hint: () => t("parameter.volumeHint"),
      },
      { column: "rounding", field: "rounding", label: () => t("parameter.rounded"), kind: "choice" },
    ],
  },
  {
    title: () => t("group.rewards"),
    parameters: [
      { column: "reward_limit", field: "rewardLimit", label: () => t("parameter.rewardLimit"), kind: "points" },
      {
        column: "approval_threshold",
        field: "approvalThreshold",
        label: () => t("parameter.approval"),
        kind: "points",
      },
      {
        column: "rewards_per_minute",
        field: "rewardsPerMinute",
        label: () => t("parameter.perMinute"),
        kind: "number",
      },
      {
        column: "staff_day_limit",
        field: "staffDayLimit",
        label: () => t("parameter.staffDay"),
        kind: "points",
        unset: () => t("value.noLimit"),
      },
      {
        column: "player_day_limit",
        field: "playerDayLimit",
        label: () => t("parameter.playerDay"),
        kind: "points",
        unset: () => t("value.noLimit"),
      },
      {
        column: "reward_reason_length",
        field: "rewardReasonLength",
        label: () => t("parameter.reason"),
        kind: "number",
      },
      { column: "request_hours", field: "requestHours", label: () => t("parameter.hours"), kind: "number" },
    ],
  },
  {
    title: () => t("group.expiry"),
    parameters: [
      {
        column: "points_valid_days",
        field: "pointsValidDays",
        label: () => t("parameter.validDays"),
        kind: "number",
        unset: () => t("value.forEver"),
      },
      { column: "cost_per_point", field: "costPerPoint", label: () => t("parameter.cost"), kind: "number" },
      {
        column: "breakage_rate",
        field: "breakageRate",
        label: () => t("parameter.breakage"),
        kind: "share",
        hint: () => t("parameter.breakageHint"),
      },
    ],
  },
];

export const allParameters = parameterGroups.flatMap((group) => group.parameters);

export type Value = string | number | boolean | null | undefined;

/** A parameter's value as a person reads it. */
export function show(parameter: Parameter, value: Value): string {
  if (value === null || value === undefined || value === "") return parameter.unset?.() ?? "–";
  switch (parameter.kind) {
    case "flag":
      return value === true || value === "true" ? t("value.yes") : t("value.no");
    case "points":
      return formatPoints(String(value));
    case "share":
      return formatShare(String(value));
    case "choice":
      return roundings().find((each) => each.id === value)?.label ?? humanize(String(value));
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
