// What a person types as an amount, kept as exact text. The only sum made in the client is a
// quick button's: the amount shown in the field plus whole dollars, in integer cents.

const AMOUNT = /^(\d{1,10})(?:\.(\d{1,2}))?$/;

function cents(amount: string): bigint {
  const match = AMOUNT.exec(amount);
  if (!match) return 0n;
  return BigInt(match[1] ?? "0") * 100n + BigInt((match[2] ?? "").padEnd(2, "0"));
}

/** "$1,250" → "1250"; undefined when it isn't an amount in whole cents. */
export function parseAmount(typed: string): string | undefined {
  const bare = typed.replaceAll(/[\s,$]/g, "");
  return AMOUNT.test(bare) ? bare : undefined;
}

/** The shortest text of an amount, for a field: "100.00" → "100", "12.50" stays. */
export function amountText(amount: string): string {
  return amount.replace(/\.0*$/, "");
}

/** Whole dollars more, or less when they are negative; never below 0. */
export function addDollars(amount: string, dollars: number): string {
  const exact = cents(parseAmount(amount) ?? "0") + BigInt(dollars) * 100n;
  const sum = exact < 0n ? 0n : exact;
  return amountText(`${sum / 100n}.${String(sum % 100n).padStart(2, "0")}`);
}

/** Whole points as typed, "1,500" → "1500"; undefined when it isn't a whole number. */
export function parsePoints(typed: string): string | undefined {
  const bare = typed.replaceAll(/[\s,]/g, "");
  return /^\d{1,18}$/.test(bare) ? bare.replace(/^0+(?=\d)/, "") : undefined;
}
