import type { CombinedError } from "urql";
import { type FoundPlayerFragment, usePlayerSearchQuery } from "../../generated/graphql.ts";
import { useDebounced } from "../../lib/debounced.ts";
import { isPresent } from "../../lib/present.ts";

export interface PlayerSearch {
  players: FoundPlayerFragment[] | undefined;
  fetching: boolean;
  error: CombinedError | undefined;
  retry: () => void;
}

export function usePlayerSearch(typed: string): PlayerSearch {
  const text = useDebounced(typed.trim());
  const [{ data, error, fetching }, refetch] = usePlayerSearchQuery({
    variables: { search: text },
    pause: text === "",
    requestPolicy: "cache-and-network",
  });
  const retry = () => refetch({ requestPolicy: "network-only" });
  if (text === "") return { players: undefined, fetching: false, error: undefined, retry };
  return { players: data?.findPlayers?.nodes.filter(isPresent), fetching, error, retry };
}
