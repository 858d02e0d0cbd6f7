import { useSyncExternalStore } from "react";
import type { Catalogue } from "./catalogue.ts";
import en from "./en/index.ts";
import type { Refusals } from "./refusal.ts";
import type { Sentences } from "./sentences.ts";

// The language of this device's screens. It is set before the first render, and the tree is
// rendered anew when it changes, so that plain functions can ask for it at any time.

const languages = ["en", "es"] as const;
export type Language = (typeof languages)[number];

export const languageNames: Record<Language, string> = { en: "English", es: "Español" };

/** What the server says in English, which is shown as it comes when English is chosen. */
interface Said {
  refusals: Refusals;
  sentences: Sentences;
}

interface Loaded {
  words: Catalogue;
  said: Said;
}

const KEY = "pitledger.language";
const listeners = new Set<() => void>();
const english: Loaded = { words: en, said: { refusals: {}, sentences: {} } };
const loaded: Partial<Record<Language, Loaded>> = { en: english };
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
  return (loaded[current] ?? english).words;
}

export function currentSaid(): Said {
  return (loaded[current] ?? english).said;
}

async function show(language: Language): Promise<void> {
  try {
    loaded[language] ??= (await import("./es/index.ts")).default;
  } catch {
    // The words can't be loaded now: English is always there.
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
