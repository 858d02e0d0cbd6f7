import type { CombinedError } from "urql";
import { useReadAgain } from "../../api/read-again.ts";
import { type PersonDayFragment, usePersonDayLiveSubscription, usePersonDayQuery } from "../../generated/graphql.ts";

export interface PersonDay {
  data: PersonDayFragment | undefined;
  fetching: boolean;
  error: CombinedError | undefined;
  retry: () => void;
}

/** One person's gaming day: entries with running totals, and who was identified as them. */
export function usePersonDay(patronId: string, gamingDay: string, pause = false): PersonDay {
  const variables = { patronId, gamingDay };
  const [{ data, error, fetching }, refetch] = usePersonDayQuery({
    variables,
    pause,
    requestPolicy: "cache-and-network",
  });
  const [{ error: missed }] = usePersonDayLiveSubscription({ variables, pause });
  useReadAgain(missed, refetch);
  return { data, fetching, error, retry: () => refetch({ requestPolicy: "network-only" }) };
}
