import { useEffect, useMemo, useRef } from "react";
import type { CombinedError } from "urql";
import { useReadAgain } from "../../api/read-again.ts";
import { useMe } from "../../api/session.tsx";
import {
  type ComplianceDayFragment,
  useComplianceDayLiveSubscription,
  useComplianceDayQuery,
} from "../../generated/graphql.ts";
import { type Filters, PAGE, toPatronDayFilter, toPatronDayOrder } from "./filters.ts";

export interface ComplianceDay {
  data: ComplianceDayFragment | undefined;
  error: CombinedError | undefined;
  retry: () => void;
}

/** A gaming day as the filters have it, kept up to date by each event of the house. */
export function useComplianceDay(filters: Filters): ComplianceDay {
  const { day, direction, patron, area, sort, page } = filters;
  const variables = useMemo(() => {
    const wanted = { day, direction, patron, area, sort, page };
    return {
      gamingDay: day,
      filter: toPatronDayFilter(wanted),
      orderBy: toPatronDayOrder(wanted),
      first: PAGE,
      offset: (page - 1) * PAGE,
    };
  }, [day, direction, patron, area, sort, page]);
  const [{ data, error, operation }, refetch] = useComplianceDayQuery({
    variables,
    requestPolicy: "cache-and-network",
  });
  // The running day can be signed off once it is over, which no event of the house tells.
  const { gamingDay } = useMe();
  const shownOn = useRef(gamingDay);
  useEffect(() => {
    if (shownOn.current === gamingDay) return;
    shownOn.current = gamingDay;
    refetch({ requestPolicy: "network-only" });
  }, [gamingDay, refetch]);
  const [{ error: missed }] = useComplianceDayLiveSubscription({ variables });
  useReadAgain(missed, refetch);
  // While an answer is awaited the one before is still there; another day's totals are never shown.
  const ofThisDay = operation?.variables.gamingDay === day;
  return { data: ofThisDay ? data : undefined, error, retry: () => refetch({ requestPolicy: "network-only" }) };
}
