import { join } from "node:path";
import { parse, TYPE } from "@formatjs/icu-messageformat-parser";
import { createTranslator } from "use-intl/core";
import { describe, expect, test } from "vitest";
import { readCatalogue } from "../../bin/lib/words/catalogue.ts";
import { howMany } from "../../web/src/lib/how-many.ts";

const folder = join(import.meta.dirname, "../../web/src/words");
const catalogues = { en: readCatalogue(folder, "en"), es: readCatalogue(folder, "es") };
type Language = keyof typeof catalogues;
const languages = Object.keys(catalogues) as Language[];

/** Nouns of what is counted, as they follow a figure that isn't one. */
const plurals: Record<Language, RegExp> = {
  en: /^[ +-]*(points|players|people|slips|entries|days|hours|minutes|seconds|rewards|seats|rows|cases|times|characters|differences|seals|patrons|sessions)\b/,
  es: /^[ +-]*(puntos|jugadores|personas|hojas|asientos|registros|días|horas|minutos|segundos|recompensas|filas|casos|veces|caracteres|diferencias|sellos|clientes|sesiones|reportables|vencidos)(?![a-zñáéíóú])/,
};

/** What begins where an age ends is more than a day; the first of many are said only of many. */
const neverOne = new Set(["liability.ages.from", "liability.ages.range", "ctrCase.entries.first"]);

/** The message as its reader sees it. */
function told(language: Language, namespace: string, key: string, values: Record<string, string | number>): string {
  const message = catalogues[language].get(namespace)?.get(key);
  if (message === undefined) throw new Error(`There is no ${namespace}.${key}.`);
  return createTranslator({ locale: language, messages: { message } })("message", values);
}

describe("a noun beside a figure", () => {
  test.each<[string, number]>([
    ["1", 1],
    ["-1", 1],
    ["0", 2],
    ["2", 2],
    ["11", 2],
    ["-21", 2],
    ["9007199254740993", 2],
    ["1000000000000000001", 2],
  ])("beside %s goes with %i", (figure, expected) => {
    expect(howMany(figure)).toBe(expected);
  });

  test.each<[string, string, string, string, string]>([
    ["+1", "outcome.recorded", "1", "+1 point recorded.", "+1 punto registrado."],
    ["+2", "outcome.recorded", "2", "+2 points recorded.", "+2 puntos registrados."],
    ["-1", "outcome.recorded", "-1", "-1 point recorded.", "-1 punto registrado."],
    ["0", "outcome.points", "0", "0 points", "0 puntos"],
    [
      "+1",
      "outcome.inLedger",
      "1",
      "+1 point is in the ledger as entry 7.",
      "+1 punto está en el libro como asiento 7.",
    ],
    [
      "+1",
      "outcome.whenApproved",
      "1",
      "+1 point goes into the ledger when another person approves it.",
      "+1 punto pasará al libro cuando otra persona lo apruebe.",
    ],
    [
      "+9,007,199,254,740,993",
      "outcome.whenApproved",
      "9007199254740993",
      "+9,007,199,254,740,993 points go into the ledger when another person approves them.",
      "+9,007,199,254,740,993 puntos pasarán al libro cuando otra persona los apruebe.",
    ],
  ])("%s points: %s of %s", (points, key, exact, english, spanish) => {
    const values = { points, count: howMany(exact), entry: "7" };
    expect(told("en", "reward", key, values)).toBe(english);
    expect(told("es", "reward", key, values)).toBe(spanish);
  });

  test.each(languages)("is chosen by the figure, wherever a message has one (%s)", (language) => {
    const fixed: string[] = [];
    let messages = 0;
    for (const [namespace, byKey] of catalogues[language]) {
      for (const [key, message] of byKey) {
        messages += 1;
        const elements = parse(message);
        const isFixed = elements.some((element, at) => {
          const next = elements[at + 1];
          return element.type === TYPE.argument && next?.type === TYPE.literal && plurals[language].test(next.value);
        });
        if (isFixed && !neverOne.has(`${namespace}.${key}`)) fixed.push(`${namespace}.${key}: ${message}`);
      }
    }
    expect(messages).toBeGreaterThan(1_000);
    expect(fixed).toEqual([]);
  });
});
