import { useEffect } from "react";
import type { CombinedError, UseQueryExecute } from "urql";

/** Reads anew what a subscription has missed: while it was cut, something may have happened. */
export function useReadAgain(missed: CombinedError | undefined, refetch: UseQueryExecute): void {
  useEffect(() => {
    if (missed) refetch({ requestPolicy: "network-only" });
  }, [missed, refetch]);
}
