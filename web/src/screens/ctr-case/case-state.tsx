import { Clock, TriangleAlert } from "lucide-react";
import { Badge, type Tone } from "../../components/badge.tsx";
import { formatCount, formatDate, humanize } from "../../lib/format.ts";

const tones: Record<string, Tone> = {
  open: "warn",
  ready: "accent",
  filed: "good",
  acknowledged: "good",
  closed: "neutral",
};

/** Where a case stands. */
export function CaseState({ state }: { state: string }) {
  return <Badge tone={tones[state] ?? "neutral"}>{humanize(state)}</Badge>;
}

export interface Due {
  dueOn: string | null;
  daysLeft: number | null;
  overdue: boolean | null;
}

/** When a case must be filed, and how long that is; the days are counted by the database. */
export function DueClock({ due }: { due: Due }) {
  const { dueOn, daysLeft, overdue } = due;
  if (dueOn === null || daysLeft === null) return null;
  if (overdue) {
    return (
      <Badge tone="bad" icon={<TriangleAlert size={13} aria-hidden="true" />}>
        {days(-daysLeft)} overdue
      </Badge>
    );
  }
  return (
    <Badge icon={<Clock size={13} aria-hidden="true" />}>
      {daysLeft === 0 ? "Due today" : `${days(daysLeft)} left`}
      <span className="visually-hidden">, due on {formatDate(dueOn)}</span>
    </Badge>
  );
}

function days(count: number): string {
  return count === 1 ? "1 day" : `${formatCount(count)} days`;
}
