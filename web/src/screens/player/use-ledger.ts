import { useCallback, useEffect, useRef, useState } from "react";
import { type CombinedError, useClient } from "urql";
import {
  LedgerDocument,
  type LedgerLineFragment,
  type LedgerQuery,
  type LedgerQueryVariables,
  type LoyaltyLedgerFilter,
} from "../../generated/graphql.ts";
import { isPresent } from "../../lib/present.ts";

export interface Ledger {
  /** Newest first; undefined until the first page has come. */
  lines: LedgerLineFragment[] | undefined;
  hasMore: boolean;
  fetching: boolean;
  error: CombinedError | undefined;
  loadMore: () => void;
  retry: () => void;
}

interface Page {
  lines: LedgerLineFragment[];
  hasMore: boolean;
  cursor: string | null;
}

const PAGE = 25;

const nothing: Page = { lines: [], hasMore: false, cursor: null };

/**
 * A player's ledger, read page by page. When `newest` (the number of the newest entry) goes up,
 * the new entries are put on top, and what further down may have been reversed by them is read again: otherwise
 * entries never change. The filter is the first one's; another one is another list.
 */
export function useLedger(
  playerId: string,
  newest: string | undefined,
  filter: LoyaltyLedgerFilter | undefined,
): Ledger {
  const filtered = useRef(filter);
  const client = useClient();
  const [page, setPage] = useState<Page>();
  const shown = useRef<Page>(undefined);
  const [fetching, setFetching] = useState(true);
  const [error, setError] = useState<CombinedError>();
  const failed = useRef<"first" | "more">("first");

  const read = useCallback(
    async (after: string | null, only = filtered.current) => {
      setFetching(true);
      setError(undefined);
      const answer = await client
        .query<LedgerQuery, LedgerQueryVariables>(
          LedgerDocument,
          { playerId, first: PAGE, after, filter: only },
          { requestPolicy: "network-only" },
        )
        .toPromise();
      setFetching(false);
      if (answer.error) {
        failed.current = after === null ? "first" : "more";
        setError(answer.error);
        return undefined;
      }
      const entries = answer.data?.playerLoyalty?.loyaltyLedgers;
      if (!entries) return nothing;
      const { hasNextPage, endCursor } = entries.pageInfo;
      return { lines: entries.nodes.filter(isPresent), hasMore: hasNextPage, cursor: endCursor };
    },
    [client, playerId],
  );

  const show = useCallback((next: Page) => {
    shown.current = next;
    setPage(next);
  }, []);

  const readNewest = useCallback(async () => {
    const first = await read(null);
    if (!first) return;
    const all = putOnTop(first, shown.current);
    show(all);
    // A ledger that is narrowed down needn't show the reversals.
    if (!filtered.current && first.lines.every((line) => line.reversesEntryNo === null)) return;
    const below = all.lines.slice(first.lines.length).filter((line) => line.reversedBy === null);
    for (let from = 0; from < below.length; from += PAGE) {
      const some = below.slice(from, from + PAGE).map((line) => line.entryNo);
      const again = await read(null, { entryNo: { in: some } });
      if (!again || !shown.current) return;
      show({ ...shown.current, lines: replaceIn(shown.current.lines, again.lines) });
    }
  }, [read, show]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new newest entry is the reason to read again
  useEffect(() => {
    void readNewest();
  }, [readNewest, newest]);

  const loadMore = useCallback(async () => {
    if (!shown.current) return;
    const next = await read(shown.current.cursor);
    if (next) show({ ...next, lines: [...shown.current.lines, ...next.lines] });
  }, [read, show]);

  return {
    lines: page?.lines,
    hasMore: page?.hasMore ?? false,
    fetching,
    error,
    loadMore: () => void loadMore(),
    retry: () => void (failed.current === "more" ? loadMore() : readNewest()),
  };
}

/** The known lines under the first page, if the two meet; otherwise it starts over. */
function putOnTop(first: Page, known: Page | undefined): Page {
  const top = known?.lines[0]?.entryNo;
  if (!known || !first.lines.some((line) => line.entryNo === top)) return first;
  const read = new Set(first.lines.map((line) => line.entryNo));
  const below = known.lines.filter((line) => !read.has(line.entryNo));
  return { ...known, lines: [...first.lines, ...below] };
}

function replaceIn(lines: readonly LedgerLineFragment[], fresh: readonly LedgerLineFragment[]): LedgerLineFragment[] {
  const read = new Map(fresh.map((line) => [line.entryNo, line]));
  return lines.map((line) => read.get(line.entryNo) ?? line);
}
