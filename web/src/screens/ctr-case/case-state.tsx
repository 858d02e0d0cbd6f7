import { Clock, TriangleAlert } from "lucide-react";
import { Badge, type Tone } from "../../components/badge.tsx";
import { formatDate } from "../../lib/format.ts";
import { term } from "../../words/term.ts";
import { words } from "../../words/words.ts";

const t = words("ctrCase");

const tones: Record<string, Tone> = {
  open: "warn",
  ready: "accent",
  filed: "good",
  acknowledged: "good",
  closed: "neutral",
};

/** Where a case stands. */
export function CaseState({ state }: { state: string }) {
  return <Badge tone={tones[state] ?? "neutral"}>{term("caseState", state)}</Badge>;
}

export interface Due {
  dueOn: string | null;
  daysLeft: number | null;
  overdue: boolean | null;
}

/** When a case must be filed, and how long that is; the days are counted by the database. */
export function DueClock({ due, isNear = false }: { due: Due; isNear?: boolean }) {
  const { dueOn, daysLeft, overdue } = due;
  if (dueOn === null || daysLeft === null) return null;
  if (overdue) {
    return (
      <Badge tone="bad" icon={<TriangleAlert size={13} aria-hidden="true" />}>
        {t("clock.overdue", { days: -daysLeft })}
      </Badge>
    );
  }
  return (
    <Badge tone={isNear ? "warn" : "neutral"} icon={<Clock size={13} aria-hidden="true" />}>
      {daysLeft === 0 ? t("clock.today") : t("clock.left", { days: daysLeft })}
      <span className="visually-hidden">{t("clock.on", { day: formatDate(dueOn) })}</span>
    </Badge>
  );
}
