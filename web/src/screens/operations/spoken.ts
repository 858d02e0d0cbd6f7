import { formatSignedPoints } from "../../lib/format.ts";
import { howMany } from "../../lib/how-many.ts";
import { term } from "../../words/term.ts";
import { words } from "../../words/words.ts";

const t = words("operations");

// What the books say of themselves in codes, in words. A code that has none stays as it is.

/** As many words as a code of the database has at most. */
const LONGEST = 4;

type Vocabulary = (code: string) => string;

const audit: Vocabulary = (code) => term("auditAction", code, "") || spokenCommand(code, "");
const reward: Vocabulary = (code) => term("requestKind", code, "") || term("requestStatus", code, "") || step(code);
const step: Vocabulary = (code) => term("traceStep", code, "");

/** By kind of line; the others are sentences, or codes of other systems. */
const vocabularies: Readonly<Record<string, Vocabulary>> = {
  audit,
  refusal: audit,
  slip_event: (code) => term("slipEvent", code, ""),
  floor_command: (code) => spokenCommand(code, ""),
  compliance_command: (code) => spokenCommand(code, ""),
  ledger_entry: (code) => term("transactionType", code, ""),
  reward_request: reward,
  rules: step,
  cash_entry: (code) => term("entryRole", code, "") || term("cashKind", code, "") || term("direction", code, ""),
  import_retry: (code) => term("quarantineReason", code, "") || step(code),
  CTR_filing: step,
};

/** "manualReward" or "open_visit" → "Give a reward", "Open a visit"; some are none of this client's. */
export function spokenCommand(code: string, unknown = code): string {
  const name = code.replaceAll(/(?:^|_)([a-z])/g, (_, letter: string) => letter.toUpperCase());
  return term("command", name, term("otherCommand", name, unknown));
}

/** Where in the books something is: "entry_no" → "Entry number". */
export function spokenId(name: string): string {
  return term("recordId", name, name);
}

/** "MANUAL_BONUS +90 points" → "Manual bonus · +90 points". */
export function spoken(kind: string, what: string): string {
  const vocabulary = vocabularies[kind.replaceAll(" ", "_")];
  if (!vocabulary) return what;
  const parts: string[] = [];
  let unknown: string[] = [];
  const rest = what.split(" ");
  const say = (part: string) => {
    if (unknown.length > 0) parts.push(unknown.join(" "));
    unknown = [];
    if (part !== "") parts.push(part);
  };
  while (rest.length > 0) {
    const known = longestOf(vocabulary, rest);
    if (known) {
      say(known.said);
      rest.splice(0, known.words);
    } else unknown.push(rest.shift() ?? "");
  }
  say("");
  return parts.join(" · ");
}

function longestOf(vocabulary: Vocabulary, rest: readonly string[]): { said: string; words: number } | undefined {
  for (let words = Math.min(LONGEST, rest.length); words > 0; words--) {
    const code = rest.slice(0, words).join(" ");
    const said = counted(code) ?? vocabulary(code);
    if (said !== "") return { said, words };
  }
  return undefined;
}

function counted(code: string): string | undefined {
  const [, figure, unit] = /^([+-]?\d+) (points|times)$/.exec(code) ?? [];
  if (figure === undefined) return undefined;
  if (unit === "times") return t("trace.times", { count: Number(figure) });
  return t("trace.points", { count: howMany(figure.replace(/^[+-]/, "")), points: formatSignedPoints(figure) });
}
