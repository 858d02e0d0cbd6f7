/** English of the database with %s for what varies → another language with {1} for the first. */
export type Sentences = Readonly<Record<string, string>>;

interface Phrase {
  readonly pattern: RegExp;
  readonly to: string;
}

const compiled = new WeakMap<Sentences, Phrase[]>();

/** A text that is put together from known phrases, in another language; undefined if it isn't. */
export function rendered(sentences: Sentences, text: string): string | undefined {
  let phrases = compiled.get(sentences);
  if (!phrases) {
    phrases = Object.entries(sentences).map(([from, to]) => ({ pattern: patternOf(from), to }));
    compiled.set(sentences, phrases);
  }
  return read(phrases, text);
}

function read(phrases: readonly Phrase[], text: string): string | undefined {
  if (text === "") return "";
  for (const { pattern, to } of phrases) {
    const found = pattern.exec(text);
    if (!found) continue;
    const rest = read(phrases, text.slice(found[0].length));
    if (rest !== undefined) return filled(to, found.slice(1)) + rest;
  }
  return undefined;
}

/** What stands at the places of %s; undefined when the sentence isn't made from this one. */
export function particularsOf(from: string, sentence: string): string[] | undefined {
  return new RegExp(`^${literal(from)}$`, "s").exec(sentence)?.slice(1);
}

export function filled(sentence: string, particulars: readonly string[]): string {
  return sentence.replaceAll(/\{(\d)\}/g, (_, place) => particulars[Number(place) - 1] ?? "");
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
