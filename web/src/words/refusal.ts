import { forms } from "./forms.ts";
import { currentSaid } from "./language.ts";
import { filled, particularsOf, rendered } from "./sentences.ts";

// Refusals come from the database and the server with their English sentences. Another language
// has its own for every code, with the particulars that the English sentence was filled with.

export interface Refusal {
  /** The English sentence, %s for each particular; without one it stands for every sentence. */
  readonly from?: string;
  /** The sentence of this language, {1} for the first particular. */
  readonly message: string;
  readonly hint: string;
}

/** By code. A code may come with more than one sentence; the first that fits counts. */
export type Refusals = Readonly<Record<string, readonly Refusal[]>>;

interface Said {
  code: string | undefined;
  message: string;
  hint: string;
}

/** A refusal in the chosen language; as it came where there are no words for it. */
export function refusal({ code, message, hint }: Said): { message: string; hint: string } {
  for (const known of currentSaid().refusals[code ?? ""] ?? []) {
    const particulars = known.from === undefined ? [] : particularsOf(known.from, message);
    if (particulars) return { message: filled(known.message, particulars.map(told)), hint: known.hint };
  }
  return { message, hint };
}

/** A sentence that the database made, as screens say it; as it came where it isn't known. */
export function told(sentence: string): string {
  return rendered(currentSaid().sentences, sentence, forms) ?? sentence;
}
