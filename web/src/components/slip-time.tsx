import { useServerTime } from "../lib/clock.ts";
import { formatDuration } from "../lib/format.ts";

export interface Clocked {
  state: string;
  playedSeconds: string;
  lastEventAt: string;
}

/** Seconds played so far, up to `at`: what the database counted, and the time since if it runs. */
function secondsPlayed(slip: Clocked, at: number): number {
  const counted = Number.parseFloat(slip.playedSeconds);
  if (slip.state !== "open") return counted;
  return counted + Math.max(0, at - Date.parse(slip.lastEventAt)) / 1000;
}

/** The time that counts for a slip, running with the clock unless it is paused. */
export function SlipTime({ slip }: { slip: Clocked }) {
  const now = useServerTime(slip.state === "open");
  return <span className="numeric">{formatDuration(secondsPlayed(slip, now))}</span>;
}
