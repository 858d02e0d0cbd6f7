import { useMe } from "../../api/session.tsx";
import { QueryState } from "../../components/query-state.tsx";
import { type CashHourFragment, useCashReportQuery } from "../../generated/graphql.ts";
import { formatCount, formatMoney, formatTime } from "../../lib/format.ts";
import { isOld } from "../../lib/is-old.ts";
import { isPresent } from "../../lib/present.ts";
import { words } from "../../words/words.ts";
import { BarsChart } from "./bars.tsx";
import { ReportCard, type ReportColumn } from "./report-card.tsx";

const t = words("reports");

function columns(timezone: string): ReportColumn<CashHourFragment>[] {
  const count = (name: string, field: string, of: (hour: CashHourFragment) => number | null) => ({
    name,
    field,
    right: true,
    wide: true,
    of: (hour: CashHourFragment) => formatCount(of(hour) ?? 0),
    raw: of,
  });
  const money = (name: string, field: string, of: (hour: CashHourFragment) => string | null) => ({
    name,
    field,
    right: true,
    of: (hour: CashHourFragment) => formatMoney(of(hour) ?? "0"),
    raw: of,
  });
  return [
    {
      name: t("cash.hour"),
      field: "begins_at",
      of: (hour) => hour.beginsAt && formatTime(hour.beginsAt, timezone),
      raw: (hour) => hour.beginsAt,
      isInstant: true,
    },
    money(t("cash.in"), "cash_in", (hour) => hour.cashIn),
    count(t("cash.entriesIn"), "entries_in", (hour) => hour.entriesIn),
    count(t("cash.overIn"), "over_floor_in", (hour) => hour.overFloorIn),
    money(t("cash.out"), "cash_out", (hour) => hour.cashOut),
    count(t("cash.entriesOut"), "entries_out", (hour) => hour.entriesOut),
    count(t("cash.overOut"), "over_floor_out", (hour) => hour.overFloorOut),
  ];
}

/** Cash by the hour of one gaming day. */
export function CashReport({ gamingDay }: { gamingDay: string }) {
  const me = useMe();
  const [{ data, error, operation }, refetch] = useCashReportQuery({
    variables: { gamingDay },
    requestPolicy: "cache-and-network",
  });
  return (
    <QueryState
      height="24rem"
      what={t("cash.title")}
      data={data}
      old={isOld(operation, { gamingDay })}
      error={error}
      onRetry={() => refetch({ requestPolicy: "network-only" })}
    >
      {(report) => {
        const hours = report.cashByHour?.nodes.filter(isPresent) ?? [];
        const logFloor = hours[0]?.logFloor;
        return (
          <ReportCard
            title={t("cash.title")}
            file={`cash-by-hour-${gamingDay}`}
            rows={hours}
            keyOf={(hour) => hour.beginsAt ?? ""}
            columns={columns(me.timezone)}
            chart={
              <BarsChart
                title={t("cash.title")}
                money
                series={[
                  { name: t("cash.in"), color: "var(--chart-5)" },
                  { name: t("cash.out"), color: "var(--chart-3)" },
                ]}
                line={
                  logFloor
                    ? { at: Number(logFloor), name: t("cash.logFloor", { amount: formatMoney(logFloor) }) }
                    : undefined
                }
                bars={hours.map((hour) => {
                  const time = formatTime(hour.beginsAt ?? "", me.timezone);
                  return {
                    name: time,
                    title: time,
                    values: [hour.cashIn, hour.cashOut].map((cash) => ({
                      drawn: Number(cash ?? 0),
                      said: formatMoney(cash ?? "0"),
                    })),
                  };
                })}
              />
            }
          />
        );
      }}
    </QueryState>
  );
}
