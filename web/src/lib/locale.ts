import { currentLanguage, type Language } from "../words/language.ts";

const fallback: Record<Language, string> = { en: "en-US", es: "es-US" };
const found = new Map<Language, string>();

/** How numbers and dates are written: the chosen language, as in the person's own region. */
export function locale(): string {
  const language = currentLanguage();
  let known = found.get(language);
  if (known === undefined) {
    known = navigator.languages.find((tag) => suits(tag, language)) ?? fallback[language];
    found.set(language, known);
  }
  return known;
}

/** Dollars are typed with a decimal point, so a region that writes a comma would mislead. */
function suits(tag: string, language: Language): boolean {
  try {
    return (
      new Intl.Locale(tag).language === language &&
      tag.includes("-") &&
      new Intl.NumberFormat(tag).formatToParts(0.5).some(({ type, value }) => type === "decimal" && value === ".")
    );
  } catch {
    return false;
  }
}

/** A formatter for the language as it is when asked for, made once for each. */
export function perLocale<Made>(make: (locale: string) => Made): () => Made {
  const made = new Map<string, Made>();
  return () => {
    const name = locale();
    let known = made.get(name);
    if (known === undefined) {
      known = make(name);
      made.set(name, known);
    }
    return known;
  };
}
