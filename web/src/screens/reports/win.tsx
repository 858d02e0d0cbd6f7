import { QueryState } from "../../components/query-state.tsx";
import { useWinReportQuery, type WinLineFragment } from "../../generated/graphql.ts";
import { formatCount, formatDuration, formatHour, formatMoney } from "../../lib/format.ts";
import { isOld } from "../../lib/is-old.ts";
import { isPresent } from "../../lib/present.ts";
import { words } from "../../words/words.ts";
import { BarsChart } from "./bars.tsx";
import type { Period } from "./period.tsx";
import { ReportCard, type ReportColumn } from "./report-card.tsx";

const t = words("reports");

const ways = ["game", "table", "hour"] as const;
type Way = (typeof ways)[number];

/** As many bars as are drawn at most; the table has all. */
const DRAWN = 40;

const names: Record<Way, (line: WinLineFragment) => string> = {
  game: (line) => line.label ?? "",
  table: (line) => line.code ?? "",
  hour: (line) => formatHour(line.code ?? "00"),
};

function columns(way: Way): ReportColumn<WinLineFragment>[] {
  const pit: ReportColumn<WinLineFragment> = {
    name: t("win.pit"),
    field: "pit",
    of: (line) => line.label,
    raw: (line) => line.label,
  };
  return [
    { name: t(`win.of.${way}`), field: way, of: names[way], raw: (line) => line.code },
    ...(way === "table" ? [pit] : []),
    {
      name: t("win.slips"),
      field: "slips",
      right: true,
      of: (line) => formatCount(line.slips ?? 0),
      raw: (line) => line.slips,
    },
    {
      name: t("win.played"),
      field: "played_seconds",
      right: true,
      wide: true,
      of: (line) => formatDuration(Number(line.playedSeconds ?? 0)),
      raw: (line) => line.playedSeconds,
    },
    {
      name: t("win.averageBet"),
      field: "average_bet",
      right: true,
      of: (line) => formatMoney(line.averageBet ?? "0"),
      raw: (line) => line.averageBet,
    },
    {
      name: t("win.theoreticalWin"),
      field: "theoretical_win",
      right: true,
      of: (line) => <strong>{formatMoney(line.theoreticalWin ?? "0")}</strong>,
      raw: (line) => line.theoreticalWin,
    },
  ];
}

export function WinReport({ period }: { period: Period }) {
  const [{ data, error, operation }, refetch] = useWinReportQuery({
    variables: period,
    requestPolicy: "cache-and-network",
  });
  return (
    <QueryState
      height="24rem"
      what={t("win.title.game")}
      data={data}
      old={isOld(operation, period)}
      error={error}
      onRetry={() => refetch({ requestPolicy: "network-only" })}
    >
      {(report) => {
        const lines = {
          game: report.byGame?.nodes.filter(isPresent) ?? [],
          table: report.byTable?.nodes.filter(isPresent) ?? [],
          hour: report.byHour?.nodes.filter(isPresent) ?? [],
        };
        return ways.map((way) => {
          const rows = lines[way];
          return (
            <ReportCard
              key={way}
              title={t(`win.title.${way}`)}
              file={`theoretical-win-by-${way}-${period.firstDay}-${period.lastDay}`}
              rows={rows}
              keyOf={(line) => line.code ?? ""}
              columns={columns(way)}
              note={rows.length > DRAWN ? t("win.most", { count: DRAWN }) : undefined}
              chart={
                <BarsChart
                  title={t(`win.title.${way}`)}
                  money
                  lying={way !== "hour"}
                  series={[{ name: t("win.theoreticalWin"), color: "var(--chart-5)" }]}
                  bars={rows.slice(0, DRAWN).map((line) => ({
                    name: names[way](line),
                    title: names[way](line),
                    values: [
                      { drawn: Number(line.theoreticalWin ?? 0), said: formatMoney(line.theoreticalWin ?? "0") },
                    ],
                  }))}
                />
              }
            />
          );
        });
      }}
    </QueryState>
  );
}
