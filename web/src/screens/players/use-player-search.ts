import { useEffect, useState } from "react";
import type { CombinedError } from "urql";
import { type FoundPlayerFragment, usePlayerSearchQuery } from "../../generated/graphql.ts";
import { isPresent } from "../pit-board/board.ts";

const WAIT_MS = 180;

function useDebounced(text: string): string {
  const [settled, setSettled] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), WAIT_MS);
    return () => clearTimeout(timer);
  }, [text]);
  return settled;
}

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
