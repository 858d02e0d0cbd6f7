import { fromAbsolute } from "@internationalized/date";

const minute = 60_000;
const hour = 60 * minute;

const steps = [minute, 2 * minute, 5 * minute, 10 * minute, 15 * minute, 30 * minute, hour, 2 * hour, 3 * hour];

/** As many marks as are read at a glance. */
const most = 7;

/** Full hours of a time zone, or full minutes where it was shorter, between two moments. */
export function ticksBetween(from: number, to: number, timezone: string): number[] {
  const step = steps.find((each) => (to - from) / each <= most) ?? 6 * hour;
  const round = Math.min(step, hour);
  // Clocks may be half or three quarters of an hour off from those of other zones, or turned by half an hour.
  const roundUp = (moment: number) => {
    const { offset } = fromAbsolute(moment, timezone);
    return Math.ceil((moment + offset) / round) * round - offset;
  };
  const ticks: number[] = [];
  for (let at = roundUp(from); at <= to; at = roundUp(at + step)) ticks.push(at);
  return ticks.length > 0 ? ticks : [from];
}
