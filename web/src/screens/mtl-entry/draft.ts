import type { ZonedDateTime } from "@internationalized/date";
import type { CashKindFragment, DescribedPatronFragment, FoundPatronFragment } from "../../generated/graphql.ts";
import { formatDate } from "../../lib/format.ts";
import { words } from "../../words/words.ts";

const t = words("mtlEntry");

// What is typed into the entry form, and what of it stays for the next entry.

export type Direction = "in" | "out";

/** Somebody who moves cash: an enrolled player, or a person known by a description only. */
export interface Person {
  patronId: string | null;
  playerId: string | null;
  name: string;
  detail: string;
}

export function found(match: FoundPatronFragment): Person {
  const { patronId, playerId, cardNo, birthDate, description, identifiedAs } = match;
  const name = match.name || t("unknown");
  const known = [
    cardNo && t("card", { card: cardNo }),
    birthDate && t("born", { born: formatDate(birthDate) }),
    description,
    identifiedAs && t("identifiedAs", { name: identifiedAs }),
  ];
  return { patronId, playerId, name, detail: known.filter(Boolean).join(" · ") };
}

export function enrolled(player: { playerId: string; cardNo: string; firstName: string; lastName: string }): Person {
  const { playerId, cardNo, firstName, lastName } = player;
  return { patronId: null, playerId, name: `${firstName} ${lastName}`, detail: t("card", { card: cardNo }) };
}

export function described(patron: DescribedPatronFragment): Person {
  const { patronId, knownName, description, sex, apparentAge, height, build, hair, clothing, seat } = patron;
  const features = [description, sex, apparentAge, height, build, hair, clothing, seat];
  return {
    patronId,
    playerId: null,
    name: knownName ?? t("unknown"),
    detail: features.filter(Boolean).join(", "),
  };
}

/** Where cash is handled. It stays the same from one entry to the next. */
export interface Place {
  area: string;
  tableId: string;
  windowNo: string;
}

/** Whom a command is about, as the database takes it. */
export function idsOf({ patronId, playerId }: Person): { patronId: string | null; playerId: string | null } {
  return playerId === null ? { patronId, playerId } : { patronId: null, playerId };
}

export interface Draft extends Place {
  person: Person | undefined;
  direction: Direction;
  kind: string | undefined;
  amount: string;
  /** When it happened; undefined is now, null a time that isn't complete. */
  earlier: ZonedDateTime | null | undefined;
  tender: string;
  /** Whether it is somebody else's, who is to be found. */
  forSomebody: boolean;
  agentFor: Person | undefined;
  foreignCurrency: string;
  note: string;
}

export function fits(kind: CashKindFragment, direction: Direction): boolean {
  return kind.direction === direction || kind.direction === "both";
}

/** The kind that stays when the direction changes, or the first one that goes only that way. */
export function kindFor(
  kinds: readonly CashKindFragment[],
  direction: Direction,
  wanted?: string,
): CashKindFragment | undefined {
  const fitting = kinds.filter((kind) => fits(kind, direction));
  return (
    fitting.find((kind) => kind.kind === wanted) ?? fitting.find((kind) => kind.direction === direction) ?? fitting[0]
  );
}

/** The next entry: at the same place and in the same direction, of somebody else. Exchanges are rare. */
export function nextDraft(draft: Draft, recorded: CashKindFragment): Draft {
  return {
    ...draft,
    kind: recorded.direction === "both" ? undefined : draft.kind,
    person: undefined,
    amount: "",
    earlier: undefined,
    tender: "currency",
    forSomebody: false,
    agentFor: undefined,
    foreignCurrency: "",
    note: "",
  };
}

const KEY = "pitledger.cash-place";

/** Where this device was last used for cash. */
export function rememberedPlace(): Partial<Place> {
  try {
    const known: unknown = JSON.parse(localStorage.getItem(KEY) ?? "{}");
    return typeof known === "object" && known !== null ? known : {};
  } catch {
    return {};
  }
}

export function rememberPlace({ area, tableId, windowNo }: Place): void {
  try {
    localStorage.setItem(KEY, JSON.stringify({ area, tableId, windowNo }));
  } catch {
    // Storage may be forbidden; the place is then chosen anew each time.
  }
}
