import { join } from "node:path";
import { type MessageFormatElement, parse, TYPE } from "@formatjs/icu-messageformat-parser";
import type { Page } from "playwright-core";
import { expect } from "vitest";
import { readCatalogue } from "../../../bin/lib/words/catalogue.ts";

const folder = join(import.meta.dirname, "../../../web/src/words");

/** What the messages of a language may look like once they are filled. */
function patternsOf(language: string): Map<string, RegExp> {
  const messages = [...readCatalogue(folder, language).values()].flatMap((namespace) => [...namespace.values()]);
  const patterns = messages.flatMap((message) => alternatives(parse(message)));
  const said = patterns.filter((pattern) => /\p{L}{2}/u.test(pattern.replaceAll(".+", "")));
  return new Map(said.map((pattern) => [pattern, new RegExp(`^${pattern}$`, "iu")]));
}

function alternatives(elements: readonly MessageFormatElement[]): string[] {
  return elements.reduce(
    (before, element) => before.flatMap((left) => partsOf(element).map((right) => left + right)),
    [""],
  );
}

function partsOf(element: MessageFormatElement): string[] {
  if (element.type === TYPE.literal) return [element.value.replaceAll(/[.*+?^${}()|[\]\\/]/g, "\\$&")];
  if (element.type === TYPE.tag) return alternatives(element.children);
  if (element.type === TYPE.plural || element.type === TYPE.select) {
    return Object.values(element.options).flatMap(({ value }) => alternatives(value));
  }
  return [".+"];
}

/** What people are called in the tests' houses: data, though it reads like a message. */
const staffName = /\b[a-z_]+ of [A-Z]+\b/g;

const english = patternsOf("en");
const spanish = patternsOf("es");

/** Nothing that is read or heard on the page is a message that only English has. */
export async function expectNoEnglish(page: Page, where: string): Promise<void> {
  const texts = await page.evaluate(() => {
    const found: string[] = [document.title];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      if (node instanceof Element) {
        for (const name of ["aria-label", "aria-description", "placeholder", "title", "alt"]) {
          found.push(node.getAttribute(name) ?? "");
        }
        // A paragraph whose words are pieces is read as one.
        if (node.children.length < 3 && node.matches("p, span, button, legend")) found.push(node.textContent);
      } else if (!node.parentElement?.closest("[lang]:not(html)")) found.push(node.textContent ?? "");
    }
    return found.map((text) => text.replaceAll(/\s+/g, " ").trim()).filter((text) => text !== "");
  });
  expect(texts.length, where).toBeGreaterThan(5);
  expect(
    texts.filter((text) => /(?<!\.)\.\.(?!\.)/.test(text)),
    `two full stops: ${where}`,
  ).toEqual([]);
  const left = [...new Set(texts.map((text) => text.replaceAll(staffName, "")))].filter(
    (text) => matches(english, text) && !matches(spanish, text) && !/^(English|Español)$/.test(text),
  );
  expect(left, where).toEqual([]);
}

function matches(patterns: ReadonlyMap<string, RegExp>, text: string): boolean {
  return [...patterns.values()].some((pattern) => pattern.test(text));
}
