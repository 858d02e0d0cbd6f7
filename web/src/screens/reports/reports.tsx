import { useSearchParams } from "react-router";
import { useMe } from "../../api/session.tsx";
import { DayPicker } from "../../components/day-field.tsx";
import { Page } from "../../components/page.tsx";
import { Segmented } from "../../components/segmented.tsx";
import { addDays, isDay } from "../../lib/days.ts";
import { words } from "../../words/words.ts";
import { OnlyFor } from "../shell/only-for.tsx";
import { CashReport } from "./cash.tsx";
import { PeriodPicker } from "./period.tsx";
import { PointsReport } from "./points.tsx";
import styles from "./reports.module.css";
import { TiersReport } from "./tiers.tsx";
import { WinReport } from "./win.tsx";

const t = words("reports");

/** What there is to look at, and the capability that it takes. */
const reports = [
  { id: "points", can: "loyalty:view_all" },
  { id: "win", can: "loyalty:view_all" },
  { id: "tiers", can: "loyalty:view_all" },
  { id: "cash", can: "mtl:review" },
] as const;

/** Days that a period has when none was chosen. */
const USUAL = 30;

export function Reports() {
  const me = useMe();
  const offered = reports.filter(({ can }) => me.can(can));
  const first = offered[0];
  if (!first) {
    return (
      <OnlyFor can="loyalty:view_all" title={t("title")} what={t("what")}>
        {null}
      </OnlyFor>
    );
  }
  return <ReportsView offered={offered} />;
}

function ReportsView({ offered }: { offered: readonly (typeof reports)[number][] }) {
  const me = useMe();
  const [search, setSearch] = useSearchParams();
  const shown = offered.find(({ id }) => id === search.get("report"))?.id ?? offered[0]?.id ?? "cash";
  const lastDay = dayIn(search, "to") ?? me.gamingDay;
  const period = { firstDay: dayIn(search, "from") ?? addDays(lastDay, 1 - USUAL), lastDay };
  const change = (values: Record<string, string>) =>
    setSearch(
      (before) => {
        for (const [name, value] of Object.entries(values)) before.set(name, value);
        return before;
      },
      { replace: true },
    );
  return (
    <Page
      title={t("title")}
      narrow
      aside={
        shown === "cash" ? (
          <DayPicker label={t("gamingDay")} value={lastDay} last={me.gamingDay} onChange={(to) => change({ to })} />
        ) : (
          <PeriodPicker
            period={period}
            today={me.gamingDay}
            onChange={({ firstDay, lastDay: to }) => change({ from: firstDay, to })}
          />
        )
      }
    >
      {offered.length > 1 && (
        <Segmented
          label={t("choose")}
          options={offered.map(({ id }) => ({ id, label: t(`names.${id}`) }))}
          value={shown}
          onChange={(report) => change({ report })}
        />
      )}
      <div className={styles.stack}>
        {shown === "points" && <PointsReport period={period} />}
        {shown === "win" && <WinReport period={period} />}
        {shown === "tiers" && <TiersReport period={period} />}
        {shown === "cash" && <CashReport gamingDay={lastDay} />}
      </div>
    </Page>
  );
}

function dayIn(search: URLSearchParams, name: string): string | undefined {
  const day = search.get(name);
  return isDay(day) ? day : undefined;
}
