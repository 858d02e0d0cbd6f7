import { globSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { type MessageFormatElement, parse, TYPE } from "@formatjs/icu-messageformat-parser";
import type { Finding } from "../sql/rules.ts";

/** The messages of a language by namespace and key: `shell` → `places.board` → "Pit board". */
export type Catalogue = ReadonlyMap<string, ReadonlyMap<string, string>>;

/** Files of a language that have no twin: what the server says comes in English. */
const ofTheServer = new Set(["refusals", "sentences"]);

export function readCatalogue(folder: string, language: string): Catalogue {
  const files = globSync("*.json", { cwd: join(folder, language) }).sort();
  const namespaces = files.filter((file) => !ofTheServer.has(basename(file, ".json")));
  return new Map(
    namespaces.map((file) => [
      camelCase(basename(file, ".json")),
      new Map(flatten(JSON.parse(readFileSync(join(folder, language, file), "utf8")), "")),
    ]),
  );
}

/** What one language has and the other hasn't, and messages that take other arguments. */
export function compareCatalogues(english: Catalogue, other: Catalogue, language: string): Finding[] {
  const findings: Finding[] = [];
  for (const [namespace, messages] of english) {
    for (const [key, message] of messages) {
      const report = (said: string) => findings.push(finding("en", namespace, `${key} ${said}`));
      const twin = other.get(namespace)?.get(key);
      const own = argumentsOf(message);
      if (!own) report("can't be read as ICU");
      else if (canBeEmpty(message) || (twin !== undefined && canBeEmpty(twin)))
        report("can be empty for some arguments: ask for it only when it isn't");
      else if (twin === undefined) report(`is missing in ${language}`);
      else if (twin.trim() === "" || message.trim() === "") report("is empty");
      else if (argumentsOf(twin)?.join() !== own.join()) report(`takes other arguments in ${language}`);
    }
  }
  for (const [namespace, messages] of other) {
    for (const key of messages.keys()) {
      if (english.get(namespace)?.get(key) === undefined) {
        findings.push(finding(language, namespace, `${key} is missing in en`));
      }
    }
  }
  return findings;
}

/** The names that a message must be given; undefined when it isn't ICU. */
export function argumentsOf(message: string): readonly string[] | undefined {
  try {
    return [...new Set(namesIn(parse(message)))].sort();
  } catch {
    return undefined;
  }
}

/** Read when the client is built, a message that gives no text at all counts as none. */
function canBeEmpty(message: string): boolean {
  return argumentsOf(message) !== undefined && mayBeNone(parse(message));
}

function mayBeNone(elements: readonly MessageFormatElement[]): boolean {
  return elements.every((element) => {
    if (element.type === TYPE.literal) return element.value === "";
    if (element.type !== TYPE.plural && element.type !== TYPE.select) return false;
    return Object.values(element.options).some(({ value }) => mayBeNone(value));
  });
}

function namesIn(elements: readonly MessageFormatElement[]): string[] {
  return elements.flatMap((element) => {
    if (element.type === TYPE.literal || element.type === TYPE.pound) return [];
    const inside =
      element.type === TYPE.plural || element.type === TYPE.select
        ? Object.values(element.options).flatMap(({ value }) => namesIn(value))
        : element.type === TYPE.tag
          ? namesIn(element.children)
          : [];
    return [element.value, ...inside];
  });
}

function* flatten(content: object, path: string): Generator<[string, string]> {
  for (const [key, value] of Object.entries(content)) {
    if (typeof value === "string") yield [path + key, value];
    else yield* flatten(value, `${path}${key}.`);
  }
}

function finding(language: string, namespace: string, message: string): Finding {
  return { file: `web/src/words/${language}/${kebabCase(namespace)}.json`, line: 1, message };
}

function camelCase(name: string): string {
  return name.replaceAll(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

export function kebabCase(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
