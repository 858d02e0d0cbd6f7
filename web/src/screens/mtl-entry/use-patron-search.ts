import type { CombinedError } from "urql";
import { useFindPatronsQuery } from "../../generated/graphql.ts";
import { useDebounced } from "../../lib/debounced.ts";
import { isPresent } from "../../lib/present.ts";
import { found, type Person } from "./draft.ts";

export interface PatronSearch {
  people: Person[] | undefined;
  /** Whether `people` answers what is typed now. */
  settled: boolean;
  error: CombinedError | undefined;
  retry: () => void;
}

/** Players and unknown people that fit; no totals come with them. */
export function usePatronSearch(typed: string, playersOnly: boolean): PatronSearch {
  const wanted = typed.trim();
  const text = useDebounced(wanted);
  const [{ data, error, fetching, stale }, refetch] = useFindPatronsQuery({
    variables: { search: text },
    pause: text === "",
    requestPolicy: "cache-and-network",
  });
  const retry = () => refetch({ requestPolicy: "network-only" });
  if (wanted === "") return { people: undefined, settled: false, error: undefined, retry };
  const people = data?.findPatrons?.nodes
    .filter(isPresent)
    .map(found)
    .filter((person) => !playersOnly || person.playerId !== null);
  const settled = text === wanted && !fetching && !stale && people !== undefined;
  return { people, settled, error: text === "" ? undefined : error, retry };
}
