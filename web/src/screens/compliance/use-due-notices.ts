import { useMemo } from "react";
import { type CaseLineFragment, type DueNoticeFragment, useDueNoticesQuery } from "../../generated/graphql.ts";
import { isPresent } from "../../lib/present.ts";

/** The newest notice of each case that waits to be filed: near its last day, or past it. */
export function useDueNotices(cases: readonly CaseLineFragment[]): ReadonlyMap<string, DueNoticeFragment> {
  // What was noticed of a case counts until it is filed.
  const waiting = cases.filter(({ unfiled }) => unfiled);
  const asked = waiting.map(({ caseId }) => caseId ?? "").join(" ");
  const [{ data }] = useDueNoticesQuery({
    variables: { caseIds: asked === "" ? [] : asked.split(" ") },
    pause: asked === "",
    requestPolicy: "cache-and-network",
  });
  return useMemo(() => {
    const ids = new Set(asked.split(" "));
    // One that is overdue was near before; the last one that is set is kept.
    const notices = [...(data?.near?.nodes ?? []), ...(data?.overdue?.nodes ?? [])].filter(isPresent);
    return new Map(notices.filter(({ caseId }) => ids.has(caseId)).map((notice) => [notice.caseId, notice]));
  }, [data, asked]);
}
