import { useEffect, useState } from "react";
import { useMe } from "../../api/session.tsx";
import { chart } from "../../components/chart.tsx";
import { ChartCard } from "../../components/chart-card.tsx";
import { QueryProblem } from "../../components/notice.tsx";
import { Card } from "../../components/page.tsx";
import { Picker } from "../../components/picker.tsx";
import { Loading, Skeleton } from "../../components/skeleton.tsx";
import { SimpleTable } from "../../components/table.tsx";
import { usePlayerTimelineQuery } from "../../generated/graphql.ts";
import { serverTime } from "../../lib/clock.ts";
import { formatBet, formatDateTime, formatTime } from "../../lib/format.ts";
import { isPresent } from "../../lib/present.ts";
import { term } from "../../words/term.ts";
import { words } from "../../words/words.ts";
import styles from "./play-timeline.module.css";
import { type PlayedSlip, type PlayedVisit, pausesOf, toVisit } from "./timeline.ts";
import type { DrawnSlip } from "./timeline-chart.tsx";

const t = words("player");

const TimelineChart = chart(async () => (await import("./timeline-chart.tsx")).TimelineChart);

interface PlayTimelineProps {
  playerId: string;
  /** Changes whenever something happens on the player's slips. */
  happened: string;
}

/** The recent visits, one at a time: what was bet from when on, where, and when play was paused. */
export function PlayTimeline({ playerId, happened }: PlayTimelineProps) {
  const me = useMe();
  const [chosen, setChosen] = useState<string>();
  const [{ data, error }, refetch] = usePlayerTimelineQuery({
    variables: { playerId },
    requestPolicy: "cache-and-network",
  });
  const [seen, setSeen] = useState(happened);
  useEffect(() => {
    if (seen === happened) return;
    setSeen(happened);
    refetch({ requestPolicy: "network-only" });
  }, [seen, happened, refetch]);

  const title = t("timeline.title");
  if (!data?.player) {
    return (
      <Card title={title} label={title}>
        {error ? (
          <QueryProblem error={error} onRetry={() => refetch({ requestPolicy: "network-only" })} />
        ) : (
          <Loading what={t("timeline.loading")}>
            <Skeleton height="17rem" />
          </Loading>
        )}
      </Card>
    );
  }
  const visits = data.player.visits.nodes
    .filter(isPresent)
    .map(toVisit)
    .filter((visit) => visit.slips.length > 0);
  const visit = visits.find((each) => each.visitId === chosen) ?? visits[0];
  if (!visit) {
    return (
      <Card title={title} label={title}>
        <p className={styles.none}>{t("timeline.none")}</p>
      </Card>
    );
  }
  const clock = (at: number) => formatTime(new Date(at).toISOString(), me.timezone);
  return (
    <ChartCard
      title={title}
      chart={
        <>
          <TimelineChart title={title} slips={drawn(visit, clock)} timezone={me.timezone} formatTime={clock} />
          {visit.slips.some((slip) => pausesOf(slip).length > 0) && (
            <p className={styles.key}>
              <span className={styles.swatch} aria-hidden="true" />
              {t("timeline.paused")}
            </p>
          )}
        </>
      }
      table={<EventsTable visit={visit} timezone={me.timezone} />}
    >
      <div className={styles.bar}>
        <Picker
          label={t("timeline.visit")}
          options={visits.map(({ visitId, openedAt }) => ({
            id: visitId,
            label: formatDateTime(openedAt, me.timezone),
          }))}
          value={visit.visitId}
          onChange={setChosen}
        />
      </div>
    </ChartCard>
  );
}

function nameOf({ table, seatNo }: PlayedSlip): string {
  return t("floor.place", { table: table ?? t("floor.table"), seat: String(seatNo) });
}

function drawn(visit: PlayedVisit, clock: (at: number) => string): DrawnSlip[] {
  const now = serverTime();
  return visit.slips.map((slip) => {
    const points = slip.events.map((event) => {
      const at = Date.parse(event.occurredAt);
      return {
        at,
        bet: Number(event.averageBet),
        title: `${clock(at)}, ${term("slipEvent", event.eventType)}`,
        said: formatBet(event.averageBet),
      };
    });
    const last = points.at(-1);
    if (slip.running && last) points.push({ ...last, at: now, title: t("timeline.now") });
    const pauses = pausesOf(slip).map(({ from, to }) => ({
      from: Date.parse(from),
      to: to === undefined ? now : Date.parse(to),
    }));
    return { name: t("timeline.betAt", { place: nameOf(slip) }), points, pauses };
  });
}

function EventsTable({ visit, timezone }: { visit: PlayedVisit; timezone: string }) {
  const rows = visit.slips.flatMap((slip) => slip.events.map((event) => ({ slip, event })));
  return (
    <SimpleTable
      label={t("timeline.title")}
      rows={rows}
      keyOf={({ event }) => `${event.ratingSlipId}:${event.eventNo}`}
      columns={[
        { name: t("timeline.when"), of: ({ event }) => formatDateTime(event.occurredAt, timezone) },
        { name: t("timeline.where"), of: ({ slip }) => nameOf(slip) },
        { name: t("timeline.what"), of: ({ event }) => term("slipEvent", event.eventType) },
        { name: t("timeline.bet"), right: true, of: ({ event }) => formatBet(event.averageBet) },
      ]}
    />
  );
}
