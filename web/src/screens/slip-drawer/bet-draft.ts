import { addDollars } from "../../lib/money.ts";

/** A bet that isn't recorded yet, and the bet that was shown when it was begun. */
export interface BetDraft {
  begunAt: string;
  /** Undefined as long as there are only steps from the bet as it is, whoever changes it meanwhile. */
  typed: string | undefined;
  steps: readonly number[];
}

export function type(draft: BetDraft | undefined, current: string, typed: string): BetDraft {
  return { begunAt: draft?.begunAt ?? current, typed, steps: [] };
}

export function step(draft: BetDraft | undefined, current: string, dollars: number): BetDraft {
  const { begunAt, typed, steps } = draft ?? { begunAt: current, typed: undefined, steps: [] };
  return { begunAt, typed, steps: [...steps, dollars] };
}

/** What the field shows: each step from what was typed, otherwise from the bet, never below 0. */
export function amountOf(draft: BetDraft | undefined, current: string): string {
  return draft ? draft.steps.reduce(addDollars, draft.typed ?? current) : current;
}
