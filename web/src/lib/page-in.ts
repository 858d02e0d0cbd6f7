/** The page that an address asks for; the first one when it says nothing sensible. */
export function pageIn(search: URLSearchParams): number {
  const page = Number(search.get("page"));
  return Number.isInteger(page) && page > 0 ? page : 1;
}
