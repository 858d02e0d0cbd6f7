import { useSyncExternalStore } from "react";
import type { Catalogue } from "./catalogue.ts";
import en from "./en/first.ts";
import type { Refusals } from "./refusal.ts";
import type { Sentences } from "./sentences.ts";

// The language of this device's screens. It is set before the first render, and the tree is
// rendered anew when it changes, so that plain functions can ask for it at any time.

const languages = ["en", "es"] as const;
export type Language = (typeof languages)[number];

export const languageNames: Record<Language, string> = { en: "English", es: "Español" };

/** How what the server says in English is said; what isn't listed is shown as it comes. */
interface Said {
  refusals: Refusals;
  sentences: Sentences;
}

interface Loaded {
  words: Partial<Catalogue>;
  said: Said;
  /** Its words are there for every screen, not only for the first ones. */
  whole: boolean;
}

const KEY = "pitledger.language";
const listeners = new Set<() => void>();
const english: Loaded = { words: en, said: { refusals: {}, sentences: {} }, whole: false };
const loaded: Partial<Record<Language, Loaded>> = { en: english };
let wanted: "first" | "whole" = "first";
let current: Language = "en";

/** Shows what this device chose before, or what its browser prefers. */
export function startLanguage(): Promise<void> {
  return show(chosen() ?? preferred());
}

export async function setLanguage(language: Language): Promise<void> {
  try {
    localStorage.setItem(KEY, language);
  } catch {
    // Storage may be forbidden; the choice then lasts until the page is closed.
  }
  await show(language);
}

/** The chosen language; every screen is rendered anew when it changes. */
export function useLanguage(): Language {
  return useSyncExternalStore(subscribe, currentLanguage);
}

export function currentLanguage(): Language {
  return current;
}

export function currentCatalogue(): Catalogue {
  // Screens that come later are shown when their words are there.
  return (loaded[current] ?? english).words as Catalogue;
}

export function currentSaid(): Said {
  return (loaded[current] ?? english).said;
}

/** Gets the words of every screen, in whichever language is shown. */
export async function loadAllWords(): Promise<void> {
  wanted = "whole";
  await load(current);
}

async function load(language: Language): Promise<void> {
  const known = loaded[language] ?? { ...(await import("./es/first.ts")).default, whole: false };
  loaded[language] = known;
  if (wanted === "first" || known.whole) return;
  if (language === "en") known.said.sentences = (await import("./en/later.ts")).sentences;
  const later = language === "en" ? await import("./en/later.ts") : await import("./es/later.ts");
  known.words = { ...known.words, ...later.default };
  known.whole = true;
}

async function show(language: Language): Promise<void> {
  try {
    await load(language);
  } catch {
    // The words can't be loaded now: the ones that are there go on.
    return;
  }
  current = language;
  document.documentElement.lang = language;
  for (const listener of listeners) listener();
}

function chosen(): Language | undefined {
  try {
    const stored = localStorage.getItem(KEY);
    return languages.find((language) => language === stored);
  } catch {
    return undefined;
  }
}

function preferred(): Language {
  return navigator.language.toLowerCase().startsWith("es") ? "es" : "en";
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
