/** The person's locale, as their browser says it, if it is one that Intl understands. */
export const locale = usable(navigator.languages?.[0] ?? navigator.language);

function usable(tag: string | undefined): string {
  try {
    return Intl.getCanonicalLocales(tag)[0] ?? "en-US";
  } catch {
    return "en-US";
  }
}
