import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Catalogue, compareCatalogues } from "../../bin/lib/words/catalogue.ts";
import { checkWords, parseSource } from "../../bin/lib/words/check.ts";
import { literalsIn } from "../../bin/lib/words/literals.ts";
import { checkUsages, usagesIn } from "../../bin/lib/words/usage.ts";
import { rendered, type Sentences } from "../../web/src/words/sentences.ts";
import { ifDay, ifFigure, ifMoment } from "../../web/src/words/shapes.ts";
import { complete, nextSeat, playFor, redeem, reward } from "./support/floor.ts";
import { type House, openHouse } from "./support/house.ts";

const root = join(import.meta.dirname, "../..");

interface Refusal {
  from?: string;
  message: string;
  hint: string;
}
const spanish = JSON.parse(readFileSync(join(root, "web/src/words/es/refusals.json"), "utf8")) as Record<
  string,
  Refusal[]
>;

const sentencesIn = (language: string) =>
  JSON.parse(readFileSync(join(root, `web/src/words/${language}/sentences.json`), "utf8")) as Sentences;
const sentences = sentencesIn("es");
const inEnglish = sentencesIn("en");

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house.close());

describe("refusals in Spanish", () => {
  test("every registered error has its sentence, made from the registry's own", async () => {
    const registered = await house.sql<{ name: string; message: string }>(
      "select name, message from ops.error_registry order by 1",
    );
    expect(registered.length).toBeGreaterThan(70);
    for (const { name, message } of registered) {
      const [own] = spanish[name] ?? [];
      expect(own?.from, `${name} in web/src/words/es/refusals.json`).toBe(message);
      const places = message.split("%s").length - 1;
      const used = [...(own?.message ?? "").matchAll(/\{(\d)\}/g)].map(([, place]) => Number(place)).sort();
      expect(used, name).toEqual(Array.from({ length: places }, (_, at) => at + 1));
    }
  });

  test("so has every error of the server", () => {
    const sources = globSync("graphql/**/*.ts", { cwd: root }).map((file) => readFileSync(join(root, file), "utf8"));
    const codes = sources.flatMap((source) => [...source.matchAll(/\bcode: "([A-Z_]+)"/g)].map(([, code]) => code));
    expect(codes.length).toBeGreaterThan(20);
    for (const code of codes) expect(Object.keys(spanish)).toContain(code);
  });

  test("each is a sentence with a hint", () => {
    for (const [code, refusals] of Object.entries(spanish)) {
      for (const { message, hint } of refusals) {
        expect(message, code).toMatch(/^\p{Lu}.*\.$/su);
        expect(hint, code).toMatch(/^\p{Lu}.*\.$/su);
      }
    }
  });
});

describe("what the database tells about an entry, on a screen", () => {
  const explain = `query ($playerId: UUID!, $entryNo: BigInt!) {
    explainEntry(playerId: $playerId, entryNo: $entryNo) { summary steps { step how } } }`;
  interface Told {
    explainEntry: { summary: string; steps: { step: string; how: string }[] };
  }

  test.each([30, 95])("every sentence about %i minutes of play and about decisions is known", async (minutes) => {
    const boss = await house.as("pit_boss");
    const played = await playFor(minutes, boss, await nextSeat(boss, house));
    await complete(boss, played.ratingSlipId);
    await reward(boss, played.playerId);
    await redeem(await house.as("cashier"), played.playerId, { points: "1" });
    for (const entryNo of ["1", "2", "3"]) {
      const { explainEntry } = await boss.get<Told>(explain, { playerId: played.playerId, entryNo });
      const texts = [explainEntry.summary, ...explainEntry.steps.flatMap(({ step, how }) => [step, how])];
      for (const text of texts) expect(rendered(sentences, text), text).toBeTruthy();
      expect(rendered(sentences, explainEntry.summary)).toMatch(/ El saldo pasó de /);
      expect(rendered(inEnglish, explainEntry.summary)).toMatch(/ The balance went from /);
    }
  });

  test("figures, times and codes in it are written as everywhere else", () => {
    const marked = { figure: (text: string) => `<${text}>`, tier: (text: string) => text.toLowerCase() };
    expect(rendered(inEnglish, "x 1.25 for SILVER, the tier before", marked)).toBe(
      "× <1.25> for silver, the tier before",
    );
    expect(rendered(sentences, "x 1.25 for SILVER, the tier before", marked)).toBe(
      "× <1.25> por silver, el nivel anterior",
    );
  });

  test("what isn't a figure or a time where one is expected is told as it came", () => {
    const mark = (text: string) => `<${text}>`;
    const forms = { figure: ifFigure(mark), day: ifDay(mark), moment: ifMoment(mark) };
    const disagrees = (points: string) =>
      ` Calculated anew it would be ${points} points: the entry does not agree with the record.`;
    expect(rendered(inEnglish, disagrees("-1,620.5"), forms)).toBe(disagrees("<-1,620.5>"));
    expect(rendered(inEnglish, disagrees("no"), forms)).toBe(disagrees("no"));
    // Reasons are people's own words, and may look like the beginning of another sentence.
    const mixed = ', for this reason: "x".These 1 points are for play from a to 2026-11-26 09:08. ';
    expect(rendered(inEnglish, mixed, forms)).toBe(mixed.replace("1", "<1>").replace("2026-11-26 09:08", mark));
    for (const nonsense of ["", "soon", "2026-13-01", "2026-11-26 25:00"]) {
      expect([forms.figure(nonsense), forms.day(nonsense), forms.moment(nonsense)]).toEqual(Array(3).fill(nonsense));
    }
  });

  test("a time that ends with a full stop ends its sentence, too", () => {
    const forms = { moment: () => "3:56 p.m." };
    const played = "These 1 points are for play from 2026-11-26 09:08 to 2026-11-26 15:56. ";
    expect(rendered(sentences, played, forms)).toBe("Estos 1 puntos son por el juego del 3:56 p.m. al 3:56 p.m. ");
  });

  test("a sentence that isn't known stays as it came", () => {
    expect(rendered(sentences, "The points were found on the floor.")).toBeUndefined();
    expect(rendered(inEnglish, "Reversal of entry 12")).toBeUndefined();
    expect(rendered(sentences, "Reversal of entry 12")).toBe("Reversión del asiento 12");
  });
});

describe("the catalogue", () => {
  test("has every text of the client, each used, in both languages alike", () => {
    expect(checkWords().findings).toEqual([]);
  });

  const catalogue = (messages: Record<string, string>): Catalogue =>
    new Map([["shell", new Map(Object.entries(messages))]]);
  const compared = (en: Record<string, string>, es: Record<string, string>) =>
    compareCatalogues(catalogue(en), catalogue(es), "es").map(({ message }) => message);

  test("a key that one language lacks is found, and an argument that differs", () => {
    expect(compared({ a: "A", b: "B" }, { a: "A", c: "C" })).toEqual(["b is missing in es", "c is missing in en"]);
    expect(compared({ a: "{count} found" }, { a: "{found} encontrados" })).toEqual(["a takes other arguments in es"]);
    expect(compared({ a: "{count} found" }, { a: "{count, plural, one {uno} other {# más}}" })).toEqual([]);
    expect(compared({ a: "<b>x</b>" }, { a: "x" })).toEqual(["a takes other arguments in es"]);
    expect(compared({ a: "{count" }, { a: "x" })).toEqual(["a can't be read as ICU"]);
    const none = "{count, plural, =0 {} other {# added}}";
    const canBeEmpty = "a can be empty for some arguments: ask for it only when it isn't";
    expect(compared({ a: none }, { a: none })).toEqual([canBeEmpty]);
    expect(compared({ a: `${none}.` }, { a: none })).toEqual([canBeEmpty]);
    expect(compared({ a: `${none}.` }, { a: `${none}.` })).toEqual([]);
  });

  const read = (code: string) => usagesIn("a.tsx", parseSource("a.tsx", `const t = words("shell");\n${code}`));
  const used = (code: string, messages: Record<string, string>) =>
    checkUsages(catalogue(messages), new Map([["a.tsx", read(code).usages]])).map(({ message }) => message);

  test("a message that nobody asks for is found, and an argument that isn't given", () => {
    const messages = { a: "A", "kinds.b": "B", c: "{count} of {total}" };
    expect(used("const f = (x) => [t('a'), t(`kinds.$" + "{x}`), t('c', { count: 1, total: 2 })];", messages)).toEqual(
      [],
    );
    expect(used("const f = () => t('a');", messages)).toEqual(["kinds.b is unused", "c is unused"]);
    expect(used("const f = () => [t('a'), t('kinds.b'), t.rich('c', { count: 1 })];", messages)).toEqual([
      "c needs total",
    ]);
  });

  test("words that are asked for while a module is loaded are found, and keys that nobody can follow", () => {
    expect(read("const name = t('a');").findings.map(({ message }) => message)).toEqual([
      "asks for words before the language is known",
    ]);
    expect(read("const f = (key) => t(key);").findings).toHaveLength(1);
  });

  test("texts in the source are found: what is shown, what is read out, and what looks written", () => {
    const literals = (code: string) => literalsIn("a.tsx", parseSource("a.tsx", code)).map(({ message }) => message);
    expect(literals("const a = <p>now</p>;")).toHaveLength(1);
    expect(literals('const a = <p>{open ? "open" : t("x")}</p>;')).toHaveLength(1);
    expect(literals('const a = <p aria-label="now" />;')).toHaveLength(1);
    expect(literals("const a = <p title={`$" + "{n} found`} />;")).toHaveLength(1);
    expect(literals('const a = { name: "Problem" };')).toHaveLength(1);
    expect(literals('const a = "no table is in service";')).toHaveLength(1);
    expect(literals('const a = <p className="numeric right">{t("x")} – 12</p>;')).toEqual([]);
    expect(
      literals('import "./a.css"; const a: "One" = b as "One"; if (key === "Enter") throw new Error("No a");'),
    ).toEqual([]);
  });
});
