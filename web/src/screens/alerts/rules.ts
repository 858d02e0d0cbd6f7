import { term } from "../../words/term.ts";
import { words } from "../../words/words.ts";

const t = words("alerts");

// What the rules are called and what they are about. What exactly they look for, and from which
// amounts on, is SQL's.

const rules = ["just_below", "chip_walk", "marker_paydown", "combined_buyers", "repeat"] as const;

export function nameOfRule(rule: string): string {
  return term("alertRule", rule);
}

export function aboutRule(rule: string): string {
  const known = rules.find((each) => each === rule);
  return known ? t(`about.${known}`) : "";
}
