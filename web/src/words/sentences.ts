import { withOneFullStop } from "./full-stop.ts";

/**
 * English of the database with %s for what varies → what a screen says, with {1} for the first, or {1, money}
 * where it is a figure, a time or a code of the database that people read in another form.
 */
export type Sentences = Readonly<Record<string, string>>;

interface Phrase {
  readonly pattern: RegExp;
  readonly to: string;
}

const compiled = new WeakMap<Sentences, Phrase[]>();

/** How people read what the database wrote into a sentence, by the form that a phrase names. */
export type Forms = Readonly<Record<string, (particular: string) => string>>;

/** A text that is put together from known phrases, as a screen says it; undefined if it isn't. */
export function rendered(sentences: Sentences, text: string, forms: Forms = {}): string | undefined {
  let phrases = compiled.get(sentences);
  if (!phrases) {
    phrases = Object.entries(sentences).map(([from, to]) => ({ pattern: patternOf(from), to }));
    compiled.set(sentences, phrases);
  }
  return read(phrases, text, forms);
}

function read(phrases: readonly Phrase[], text: string, forms: Forms): string | undefined {
  if (text === "") return "";
  for (const { pattern, to } of phrases) {
    const found = pattern.exec(text);
    if (!found) continue;
    const rest = read(phrases, text.slice(found[0].length), forms);
    if (rest === undefined) continue;
    const said = filled(to, found.slice(1), forms);
    return withOneFullStop(said + rest, [said]);
  }
  return undefined;
}

/** What stands at the places of %s; undefined when the sentence isn't made from this one. */
export function particularsOf(from: string, sentence: string): string[] | undefined {
  return new RegExp(`^${literal(from)}$`, "s").exec(sentence)?.slice(1);
}

export function filled(sentence: string, particulars: readonly string[], forms: Forms = {}): string {
  const filledIn: string[] = [];
  const said = sentence.replaceAll(/\{(\d)(?:, (\w+))?\}/g, (_, place: string, form = "") => {
    const particular = particulars[Number(place) - 1] ?? "";
    filledIn.push(forms[form]?.(particular) ?? particular);
    return filledIn.at(-1) ?? "";
  });
  return withOneFullStop(said, filledIn);
}

function patternOf(from: string): RegExp {
  // What varies at the end of a phrase goes on until the sentence does.
  const end = from.endsWith("%s") ? "(?=$|[;,.](?: |$)| and | while )" : "";
  return new RegExp(`^${literal(from)}${end}`, "s");
}

function literal(from: string): string {
  return from
    .split("%s")
    .map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&"))
    .join("(.*?)");
}
