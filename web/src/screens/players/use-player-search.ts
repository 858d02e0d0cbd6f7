import type { CombinedError } from "urql";
import { type FoundPlayerFragment, usePlayerSearchQuery } from "../../generated/graphql.ts";
import { useDebounced } from "../../lib/debounced.ts";
import { isPresent } from "../../lib/present.ts";

export interface PlayerSearch {
  players: FoundPlayerFragment[] | undefined;
  fetching: boolean;
  /** Whether `players` are the answer to what is typed now. */
  settled: boolean;
  error: CombinedError | undefined;
  retry: () => void;
}

export function usePlayerSearch(typed: string): PlayerSearch {
  const text = useDebounced(typed.trim());
  const [{ data, error, fetching, stale }, refetch] = usePlayerSearchQuery({
    variables: { search: text },
    pause: text === "",
    requestPolicy: "cache-and-network",
  });
  const retry = () => refetch({ requestPolicy: "network-only" });
  if (text === "") return { players: undefined, fetching: false, settled: false, error: undefined, retry };
  const settled = text === typed.trim() && !fetching && !stale && data !== undefined;
  return { players: data?.findPlayers?.nodes.filter(isPresent), fetching, settled, error, retry };
}
