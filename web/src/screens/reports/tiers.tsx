import { QueryState } from "../../components/query-state.tsx";
import { Tier } from "../../components/tier.tsx";
import { type TierMovementFragment, type TierShareFragment, useTiersReportQuery } from "../../generated/graphql.ts";
import { formatCount, formatDay, formatExact, formatPoints, formatShortDay } from "../../lib/format.ts";
import { isPresent } from "../../lib/present.ts";
import { words } from "../../words/words.ts";
import { BarsChart } from "./bars.tsx";
import type { Period } from "./period.tsx";
import { ReportCard, type ReportColumn } from "./report-card.tsx";

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
      name: t("tiers.players"),
      field: "players",
      right: true,
      of: (move) => formatCount(move.players ?? 0),
      raw: (move) => move.players,
    },
  ];
}

export function TiersReport({ period }: { period: Period }) {
  const [{ data, error }, refetch] = useTiersReportQuery({ variables: period, requestPolicy: "cache-and-network" });
  return (
    <QueryState
      height="24rem"
      what={t("tiers.distribution")}
      data={data}
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
                  series={[{ name: t("tiers.players"), color: "var(--chart-4)" }]}
                  bars={shares.map((share) => ({
                    name: share.tier ?? "",
                    title: share.tier ?? "",
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
                    { name: t("tiers.up"), color: "var(--chart-5)" },
                    { name: t("tiers.down"), color: "var(--chart-1)" },
                  ]}
                  bars={byDay(moves)}
                />
              }
            />
          </>
        );
      }}
    </QueryState>
  );
}

/** How many went up and, below the line, down on each day: how high the bars are drawn. */
function byDay(moves: readonly TierMovementFragment[]) {
  const days = new Map<string, { up: number; down: number }>();
  for (const { gamingDay, upwards, players } of moves) {
    const day = days.get(gamingDay ?? "") ?? { up: 0, down: 0 };
    day[upwards ? "up" : "down"] += players ?? 0;
    days.set(gamingDay ?? "", day);
  }
  return [...days].map(([day, { up, down }]) => ({
    name: formatShortDay(day),
    title: formatDay(day),
    values: [
      { drawn: up, said: formatCount(up) },
      { drawn: -down, said: formatCount(down) },
    ],
  }));
}
