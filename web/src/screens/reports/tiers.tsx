import { ArrowDown, ArrowUp } from "lucide-react";
import { partColor } from "../../components/chart-parts.tsx";
import { QueryState } from "../../components/query-state.tsx";
import { Tier } from "../../components/tier.tsx";
import { type TierMovementFragment, type TierShareFragment, useTiersReportQuery } from "../../generated/graphql.ts";
import { addDays } from "../../lib/days.ts";
import { formatCount, formatDay, formatExact, formatPoints, formatShortDay, humanize } from "../../lib/format.ts";
import { isOld } from "../../lib/is-old.ts";
import { isPresent } from "../../lib/present.ts";
import { words } from "../../words/words.ts";
import { type Bars, BarsChart } from "./bars.tsx";
import type { Period } from "./period.tsx";
import { ReportCard, type ReportColumn } from "./report-card.tsx";
import styles from "./reports.module.css";

const t = words("reports");

function shareColumns(): ReportColumn<TierShareFragment>[] {
  return [
    {
      name: t("tiers.tier"),
      field: "tier",
      of: (share) => share.tier && <Tier tier={share.tier} />,
      raw: (share) => share.tier,
    },
    {
      name: t("tiers.from"),
      field: "threshold_points",
      right: true,
      of: (share) => (share.thresholdPoints === null ? "" : formatPoints(share.thresholdPoints)),
      raw: (share) => share.thresholdPoints,
    },
    {
      name: t("tiers.multiplier"),
      field: "multiplier",
      right: true,
      wide: true,
      of: (share) => (share.multiplier === null ? "" : `× ${formatExact(share.multiplier)}`),
      raw: (share) => share.multiplier,
    },
    {
      name: t("tiers.players"),
      field: "players",
      right: true,
      of: (share) => formatCount(share.players ?? 0),
      raw: (share) => share.players,
    },
    {
      name: t("tiers.points"),
      field: "points",
      right: true,
      of: (share) => formatPoints(share.points ?? "0"),
      raw: (share) => share.points,
    },
  ];
}

function movementColumns(): ReportColumn<TierMovementFragment>[] {
  return [
    {
      name: t("gamingDay"),
      field: "gaming_day",
      of: (move) => move.gamingDay && formatDay(move.gamingDay),
      raw: (move) => move.gamingDay,
    },
    {
      name: t("tiers.before"),
      field: "tier_before",
      of: (move) => move.tierBefore && <Tier tier={move.tierBefore} />,
      raw: (move) => move.tierBefore,
    },
    {
      name: t("tiers.after"),
      field: "tier_after",
      of: (move) => move.tierAfter && <Tier tier={move.tierAfter} />,
      raw: (move) => move.tierAfter,
    },
    {
      name: t("tiers.direction"),
      field: "direction",
      of: (move) => (
        <span className={styles.direction}>
          {move.upwards ? <ArrowUp size={15} aria-hidden="true" /> : <ArrowDown size={15} aria-hidden="true" />}
          {t(move.upwards ? "tiers.up" : "tiers.down")}
        </span>
      ),
      raw: (move) => (move.upwards ? "up" : "down"),
    },
    {
      name: t("tiers.players"),
      field: "players",
      right: true,
      of: (move) => formatCount(move.players ?? 0),
      raw: (move) => move.players,
    },
  ];
}

export function TiersReport({ period }: { period: Period }) {
  const [{ data, error, operation }, refetch] = useTiersReportQuery({
    variables: period,
    requestPolicy: "cache-and-network",
  });
  return (
    <QueryState
      height="24rem"
      what={t("tiers.distribution")}
      data={data}
      old={isOld(operation, period)}
      error={error}
      onRetry={() => refetch({ requestPolicy: "network-only" })}
    >
      {(report) => {
        const shares = report.tierDistribution?.nodes.filter(isPresent) ?? [];
        const moves = report.tierMovements?.nodes.filter(isPresent) ?? [];
        return (
          <>
            <ReportCard
              title={t("tiers.distribution")}
              file="tier-distribution"
              rows={shares}
              keyOf={(share) => share.tier ?? ""}
              columns={shareColumns()}
              chart={
                <BarsChart
                  title={t("tiers.distribution")}
                  lying
                  series={[{ name: t("tiers.players"), color: partColor(0) }]}
                  bars={shares.map((share, index) => ({
                    name: humanize(share.tier ?? ""),
                    title: humanize(share.tier ?? ""),
                    color: partColor(index),
                    values: [{ drawn: share.players ?? 0, said: formatCount(share.players ?? 0) }],
                  }))}
                />
              }
            />
            <ReportCard
              title={t("tiers.movement")}
              file={`tier-movement-${period.firstDay}-${period.lastDay}`}
              rows={moves}
              keyOf={(move) => `${move.gamingDay}:${move.tierBefore}:${move.tierAfter}`}
              columns={movementColumns()}
              chart={
                <BarsChart
                  title={t("tiers.movement")}
                  stacked
                  series={[
                    { name: t("tiers.up"), color: up },
                    { name: t("tiers.down"), color: down },
                  ]}
                  bars={byDay(moves, period)}
                />
              }
            />
          </>
        );
      }}
    </QueryState>
  );
}

const up = "var(--chart-5)";
const down = "var(--chart-1)";

/** How many went up and, below the line, down on each day: how high the bars are drawn. */
function byDay(moves: readonly TierMovementFragment[], { firstDay, lastDay }: Period): Bars[] {
  const days = Map.groupBy(moves, (move) => move.gamingDay ?? "");
  const bars: Bars[] = [];
  for (let day = firstDay; day <= lastDay; day = addDays(day, 1)) {
    const ofDay = days.get(day) ?? [];
    const players = (upwards: boolean) => ofDay.find((move) => move.upwards === upwards)?.sameWay ?? 0;
    bars.push({
      name: formatShortDay(day),
      title: formatDay(day),
      values: [
        { drawn: players(true), said: formatCount(players(true)) },
        { drawn: -players(false), said: formatCount(players(false)) },
      ],
      ...(ofDay.length > 0 && {
        parts: ofDay.map((move) => ({
          name: t("tiers.move", { before: humanize(move.tierBefore ?? ""), after: humanize(move.tierAfter ?? "") }),
          value: formatCount(move.players ?? 0),
          color: move.upwards ? up : down,
        })),
      }),
    });
  }
  return bars;
}
