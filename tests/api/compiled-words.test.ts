import { join } from "node:path";
import { type MessageFormatElement, parse, TYPE } from "@formatjs/icu-messageformat-parser";
import { createTranslator } from "use-intl/core";
import formatCompiled from "use-intl/format-message/format-only";
import { expect, test } from "vitest";
import { readCatalogue } from "../../bin/lib/words/catalogue.ts";
import { compiled } from "../../web/compiled-words.ts";

type Values = Record<string, number | string | ((inside: string) => string)>;

const folder = join(import.meta.dirname, "../../web/src/words");
const numbers = [0, 1, 2, 11, 21, 1_000_000];
const texts = ["", "Ada < 'Byron' {0} #", "$1,620.00"];

const formatters = {
  getNumberFormat: (...given: ConstructorParameters<typeof Intl.NumberFormat>) => new Intl.NumberFormat(...given),
  getDateTimeFormat: (...given: ConstructorParameters<typeof Intl.DateTimeFormat>) => new Intl.DateTimeFormat(...given),
  getPluralRules: (...given: ConstructorParameters<typeof Intl.PluralRules>) => new Intl.PluralRules(...given),
};

test.each([
  ["en", "en-US"],
  ["en", "en-GB"],
  ["es", "es-US"],
  ["es", "es-MX"],
] as const)("every message that is read when the client is built says the same (%s, %s)", (language, locale) => {
  const others: string[] = [];
  let compared = 0;
  for (const [namespace, messages] of readCatalogue(folder, language)) {
    for (const [key, message] of messages) {
      const read = Object.values(compiled({ message }))[0];
      for (const values of valuesFor(parse(message))) {
        compared += 1;
        const direct = createTranslator({ locale, messages: { message } }).markup("message", values as never);
        const given = Object.keys(values).length > 0 ? insideJoined(values) : undefined;
        const built = formatCompiled(key, read, given as never, { cache: {}, formatters, locale } as never);
        if (said(built) !== direct) others.push(`${namespace}.${key}: ${direct} is ${said(built)}`);
      }
    }
  }
  expect(compared).toBeGreaterThan(3_000);
  expect(others).toEqual([]);
});

/** What a message may be given: each kind of figure, text and choice that it knows. */
function valuesFor(elements: readonly MessageFormatElement[]): Values[] {
  const choices = new Map<string, Values[string][]>();
  collect(elements, choices);
  const most = Math.max(1, ...[...choices.values()].map((values) => values.length));
  const turns = Array.from({ length: most * 2 }, (_, turn) => turn);
  return turns.map((turn) =>
    Object.fromEntries(
      [...choices].map(([name, values], place) => [name, values[(turn + place * (turn % 3)) % values.length] ?? ""]),
    ),
  );
}

function collect(elements: readonly MessageFormatElement[], choices: Map<string, Values[string][]>): void {
  for (const element of elements) {
    if (element.type === TYPE.literal || element.type === TYPE.pound) continue;
    if (element.type === TYPE.tag) {
      choices.set(element.value, [(inside) => `<${element.value}>${inside}</${element.value}>`]);
      collect(element.children, choices);
    } else if (element.type === TYPE.plural || element.type === TYPE.select) {
      choices.set(element.value, element.type === TYPE.plural ? numbers : [...Object.keys(element.options), "none"]);
      for (const { value } of Object.values(element.options)) collect(value, choices);
    } else if (!choices.has(element.value)) choices.set(element.value, texts);
  }
}

/** Tags are given what is inside them in pieces. */
function insideJoined(values: Values): object {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      typeof value === "function" ? (inside: readonly string[]) => value(inside.join("")) : value,
    ]),
  );
}

/** use-intl takes whatever is no text for a broken message. */
function said(formatted: unknown): string {
  return typeof formatted === "string" ? formatted : `no text: ${JSON.stringify(formatted)}`;
}
