// What the rules are called and what they are about. What exactly they look for, and from which
// amounts on, is SQL's.

interface Rule {
  name: string;
  about: string;
}

const rules: Record<string, Rule> = {
  just_below: {
    name: "Just below the threshold",
    about: "Sums that stay a little under what is reported, on several of the last gaming days.",
  },
  chip_walk: {
    name: "Chips bought, hardly played",
    about: "Many chips bought in a gaming day, little rated play, and nothing redeemed.",
  },
  marker_paydown: {
    name: "Markers paid down in currency",
    about: "Markers paid in currency over several gaming days, none of which is reported by itself.",
  },
  combined_buyers: {
    name: "Buyers who may act together",
    about: "Several people bought at one table within a short time, and one of them redeemed a large sum.",
  },
  repeat: {
    name: "Watched again and again",
    about: "Sums that are watched, on several of the last gaming days.",
  },
};

export function nameOfRule(rule: string): string {
  return rules[rule]?.name ?? rule;
}

export function aboutRule(rule: string): string {
  return rules[rule]?.about ?? "";
}
