import { usePausedSinceQuery } from "../../generated/graphql.ts";
import { useServerTime } from "../../lib/clock.ts";
import { formatDuration } from "../../lib/format.ts";
import { isPresent } from "../../lib/present.ts";

/** How long the pause has lasted: a bet that is recorded during it doesn't begin it anew. */
export function PausedFor({ ratingSlipId }: { ratingSlipId: string }) {
  const [{ data }] = usePausedSinceQuery({ variables: { ratingSlipId }, requestPolicy: "network-only" });
  const latestFirst = data?.ratingSlip?.ratingSlipEvents.nodes.filter(isPresent) ?? [];
  const since = latestFirst.find((event) => event.eventType === "paused")?.occurredAt;
  const now = useServerTime(since !== undefined);
  return since === undefined ? "–" : formatDuration((now - Date.parse(since)) / 1000);
}
