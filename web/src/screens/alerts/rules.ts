// What the rules are called. What they look for, and from which amounts on, is SQL's.

const names: Record<string, string> = {
  just_below: "Just below the threshold",
  chip_walk: "Chips bought, hardly played",
  marker_paydown: "Markers paid down in currency",
  combined_buyers: "Buyers who may act together",
  repeat: "Watched again and again",
};

const explanations: Record<string, string> = {
  just_below: "Sums that stay a little under what is reported, on more than one gaming day of the last seven.",
  chip_walk: "Many chips bought in a gaming day, little rated play, and nothing redeemed.",
  marker_paydown: "Markers paid in currency within seven days, in parts of which none is reported by itself.",
  combined_buyers: "Several people bought at one table within half an hour, and one of them redeemed a large sum.",
  repeat: "On the watch list on several of the last seven gaming days.",
};

export function nameOfRule(rule: string): string {
  return names[rule] ?? rule;
}

export function explanationOf(alert: { rule: string }): string {
  return explanations[alert.rule] ?? "";
}
