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

const nothing: Page = { lines: [], hasMore: false, cursor: null };

/**
 * A player's ledger, read page by page. When `newest` (the number of the newest entry) goes up,
 * the new entries are put on top, what they reversed is marked, and what was read already stays: otherwise
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
  const [fetching, setFetching] = useState(true);
  const [error, setError] = useState<CombinedError>();
  const failed = useRef<"first" | "more">("first");

  const read = useCallback(
    async (after: string | null) => {
      setFetching(true);
      setError(undefined);
      const answer = await client
        .query<LedgerQuery, LedgerQueryVariables>(
          LedgerDocument,
          { playerId, after, filter: filtered.current },
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

  const readNewest = useCallback(async () => {
    const first = await read(null);
    if (first) setPage((known) => putOnTop(first, known));
  }, [read]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new newest entry is the reason to read again
  useEffect(() => {
    void readNewest();
  }, [readNewest, newest]);

  const loadMore = useCallback(async () => {
    if (!page) return;
    const next = await read(page.cursor);
    if (next) setPage({ ...next, lines: [...page.lines, ...next.lines] });
  }, [page, read]);

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
  const reversals = new Map(first.lines.map((line) => [line.reversesEntryNo, line.entryNo]));
  return {
    ...known,
    lines: [
      ...first.lines,
      ...below.map((line) => {
        const reversedBy = reversals.get(line.entryNo);
        return reversedBy === undefined ? line : { ...line, reversedBy, reversible: false };
      }),
    ],
  };
}
