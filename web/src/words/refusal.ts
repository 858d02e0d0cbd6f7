import { currentRefusals } from "./language.ts";

// Refusals come from the database and the server with their English sentences. Another language
// has its own for every code, with the particulars that the English sentence was filled with.

export interface Refusal {
  /** The English sentence, %s for each particular; without one it stands for every sentence. */
  readonly from?: string;
  /** The sentence of this language, {1} for the first particular. */
  readonly message: string;
  readonly hint: string;
}

export interface Refusals {
  /** A code may come with more than one sentence; the first that fits counts. */
  readonly byCode: Readonly<Record<string, readonly Refusal[]>>;
  /** Words that sentences are filled with. */
  readonly particulars: Readonly<Record<string, string>>;
}

interface Said {
  code: string | undefined;
  message: string;
  hint: string;
}

/** A refusal in the chosen language; as it came where there are no words for it. */
export function refusal({ code, message, hint }: Said): { message: string; hint: string } {
  const { byCode, particulars } = currentRefusals();
  for (const known of byCode[code ?? ""] ?? []) {
    const found = known.from === undefined ? [] : particularsOf(known.from, message);
    if (!found) continue;
    const told = found.map((each) => particulars[each] ?? each);
    return { message: filled(known.message, told), hint: known.hint };
  }
  return { message, hint };
}

/** What stands at the places of %s; undefined when the sentence isn't made from this one. */
export function particularsOf(from: string, message: string): string[] | undefined {
  const pattern = from
    .split("%s")
    .map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&"))
    .join("(.*?)");
  return new RegExp(`^${pattern}$`, "s").exec(message)?.slice(1);
}

function filled(sentence: string, particulars: readonly string[]): string {
  return sentence.replaceAll(/\{(\d)\}/g, (_, place) => particulars[Number(place) - 1] ?? "");
}
