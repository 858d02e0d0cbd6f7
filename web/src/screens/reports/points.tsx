import { QueryState } from "../../components/query-state.tsx";
import { type LiabilityDayFragment, usePointsReportQuery } from "../../generated/graphql.ts";
import { formatDay, formatPoints, formatShortDay, formatSignedPoints } from "../../lib/format.ts";
import { isOld } from "../../lib/is-old.ts";
import { isPresent } from "../../lib/present.ts";
import { words } from "../../words/words.ts";
import { BarsChart } from "./bars.tsx";
import type { Period } from "./period.tsx";
import { ReportCard, type ReportColumn } from "./report-card.tsx";

const t = words("reports");

const figures = ["opening", "earned", "redeemed", "expired", "adjusted", "closing"] as const;

function columns(): ReportColumn<LiabilityDayFragment>[] {
  return [
    {
      name: t("gamingDay"),
      field: "gaming_day",
      of: (day) => day.gamingDay && formatDay(day.gamingDay),
      raw: (day) => day.gamingDay,
    },
    ...figures.map((figure) => ({
      name: t(`points.${figure}`),
      field: figure,
      right: true,
      of: (day: LiabilityDayFragment) =>
        figure === "adjusted" ? formatSignedPoints(day[figure] ?? "0") : formatPoints(day[figure] ?? "0"),
      raw: (day: LiabilityDayFragment) => day[figure],
    })),
  ];
}

export function PointsReport({ period }: { period: Period }) {
  const [{ data, error, operation }, refetch] = usePointsReportQuery({ variables: period });
  return (
    <QueryState
      height="24rem"
      what={t("points.title")}
      data={data}
      old={isOld(operation, period)}
      error={error}
      onRetry={() => refetch({ requestPolicy: "network-only" })}
    >
      {(report) => {
        const days = report.liabilityRollForward?.nodes.filter(isPresent) ?? [];
        return (
          <>
            <ReportCard
              title={t("points.title")}
              file={`points-${period.firstDay}-${period.lastDay}`}
              rows={days}
              keyOf={(day) => day.gamingDay ?? ""}
              columns={columns()}
              chart={
                <BarsChart
                  title={t("points.title")}
                  series={[
                    { name: t("points.earned"), color: "var(--chart-5)" },
                    { name: t("points.redeemed"), color: "var(--chart-3)" },
                    { name: t("points.expired"), color: "var(--chart-2)" },
                  ]}
                  bars={days.map((day) => bar(day, [day.earned, day.redeemed, day.expired]))}
                />
              }
            />
            <ReportCard
              title={t("points.outstanding")}
              file={`outstanding-${period.firstDay}-${period.lastDay}`}
              rows={days}
              keyOf={(day) => day.gamingDay ?? ""}
              columns={columns().filter(({ field }) => ["gaming_day", "opening", "closing"].includes(field))}
              chart={
                <BarsChart
                  title={t("points.outstanding")}
                  series={[{ name: t("points.closing"), color: "var(--chart-5)" }]}
                  bars={days.map((day) => bar(day, [day.closing]))}
                />
              }
            />
          </>
        );
      }}
    </QueryState>
  );
}

function bar(day: LiabilityDayFragment, values: readonly (string | null)[]) {
  const gamingDay = day.gamingDay ?? "";
  return {
    name: formatShortDay(gamingDay),
    title: formatDay(gamingDay),
    values: values.map((value) => ({ drawn: Number(value ?? 0), said: formatPoints(value ?? "0") })),
  };
}
