import { startTransition, useEffect, useRef, useState, useSyncExternalStore } from "react";
import { useClient } from "urql";
import { useConnection } from "../../api/connection.ts";
import {
  type PitSoFarFragment,
  RunningPlayDocument,
  type RunningPlayQuery,
  type RunningPlayQueryVariables,
  type SlipSoFarFragment,
} from "../../generated/graphql.ts";
import { useEveryWhileInUse } from "../../lib/in-use.ts";
import { isPresent } from "../../lib/present.ts";

const EVERY_MS = 10_000;

/** What runs amounts to so far; nothing of a slip that began since it was last asked. */
export interface RunningPlay {
  slips: ReadonlyMap<string, SlipSoFarFragment>;
  /** By the pit's name; null is the casino. Undefined until the first answer. */
  pits: ReadonlyMap<string | null, PitSoFarFragment> | undefined;
}

const unknown: RunningPlay = { slips: new Map(), pits: undefined };

// The board asks; the drawer beside it shows what was answered.
let shown: RunningPlay["slips"] = unknown.slips;
const listeners = new Set<() => void>();

function show(slips: RunningPlay["slips"]): void {
  shown = slips;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** What a slip on the board amounts to so far; undefined when that isn't known, or not for this person. */
export function useSoFar(ratingSlipId: string): SlipSoFarFragment | undefined {
  return useSyncExternalStore(subscribe, () => shown.get(ratingSlipId));
}

/** Asked now and then, since it changes with every second that is played. */
export function useRunningPlay(mayRate: boolean): RunningPlay {
  const client = useClient();
  const connected = useConnection() !== "lost";
  const [play, setPlay] = useState(unknown);
  const asking = useRef(false);

  const ask = async () => {
    if (asking.current) return;
    asking.current = true;
    try {
      const answer = await readAll((offset) =>
        client
          .query<RunningPlayQuery, RunningPlayQueryVariables>(
            RunningPlayDocument,
            { offset },
            { requestPolicy: "network-only" },
          )
          .toPromise(),
      );
      // Without an answer the figures stay as they are: the next time is near.
      // They concern every row, and whoever is typing meanwhile comes first.
      if (answer) startTransition(() => setPlay(answer));
    } finally {
      asking.current = false;
    }
  };
  useEveryWhileInUse(() => void ask(), EVERY_MS, { enabled: mayRate && connected, atOnce: true });
  useEffect(() => show(play.slips), [play]);
  useEffect(() => () => show(unknown.slips), []);
  return play;
}

type Read = (offset: number) => Promise<{ data?: RunningPlayQuery | undefined }>;

async function readAll(read: Read): Promise<RunningPlay | undefined> {
  const slips = new Map<string, SlipSoFarFragment>();
  for (;;) {
    const { data } = await read(slips.size);
    if (!data?.runningPlay) return undefined;
    const page = data.runningPlay.nodes.filter(isPresent);
    for (const slip of page) slips.set(slip.ratingSlipId ?? "", slip);
    if (page.length > 0 && data.runningPlay.pageInfo.hasNextPage) continue;
    const pits = data.runningPlayByPit?.nodes.filter(isPresent) ?? [];
    return { slips, pits: new Map(pits.map((each) => [each.pit, each])) };
  }
}
