import type { RecordedCashFragment } from "../../generated/graphql.ts";
import type { Person } from "./draft.ts";

/** An entry that was recorded here, and what became of it since. */
export interface Recorded {
  result: RecordedCashFragment;
  /** For whom it counts. */
  person: Person;
  /** Who brought or took it for them, if somebody did. */
  agent: Person | undefined;
  kind: string;
  /** "0" when it was voided. */
  correctedTo?: string;
  identified?: Identified;
}

/** How much of what a report needs was written down since. */
export type Identified = "partly" | "complete";
