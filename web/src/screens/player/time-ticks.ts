const minute = 60_000;
const hour = 60 * minute;

const steps = [minute, 2 * minute, 5 * minute, 10 * minute, 15 * minute, 30 * minute, hour, 2 * hour, 3 * hour];

/** As many marks as are read at a glance. */
const most = 7;

/** Full hours, or full minutes where it was shorter, between two moments. */
export function ticksBetween(from: number, to: number): number[] {
  const step = steps.find((each) => (to - from) / each <= most) ?? 6 * hour;
  const round = Math.min(step, hour);
  const ticks: number[] = [];
  for (let at = Math.ceil(from / round) * round; at <= to; at += step) ticks.push(at);
  return ticks.length > 0 ? ticks : [from];
}
