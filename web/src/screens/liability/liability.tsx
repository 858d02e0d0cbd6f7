import { ChartColumnStacked } from "lucide-react";
import { lazy } from "react";
import { useSearchParams } from "react-router";
import { useMe } from "../../api/session.tsx";
import { ChartCard } from "../../components/chart-card.tsx";
import { DayPicker } from "../../components/day-field.tsx";
import { Empty } from "../../components/empty.tsx";
import { Fact, Facts } from "../../components/facts.tsx";
import { Notice, NoticeText, QueryProblem } from "../../components/notice.tsx";
import { Card, Page } from "../../components/page.tsx";
import { Loading, Skeleton } from "../../components/skeleton.tsx";
import { SimpleTable } from "../../components/table.tsx";
import { Tier } from "../../components/tier.tsx";
import { type LiabilityDayFragment, type LiabilityQuery, useLiabilityQuery } from "../../generated/graphql.ts";
import { isDay } from "../../lib/days.ts";
import {
  formatCount,
  formatDay,
  formatMoney,
  formatPoints,
  formatShare,
  formatSignedPoints,
} from "../../lib/format.ts";
import { isPresent } from "../pit-board/board.ts";
import { plain } from "../rules/parameters.ts";
import { OnlyFor } from "../shell/only-for.tsx";
import { ageText, byAge, tiersOf } from "./ages.ts";
import { ExpiryNotices } from "./expiry-notices.tsx";
import styles from "./liability.module.css";

// The library of charts is as large as the rest of the client: it comes with the first chart.
const AgesChart = lazy(() => import("./charts.tsx").then((charts) => ({ default: charts.AgesChart })));
const DaysChart = lazy(() => import("./charts.tsx").then((charts) => ({ default: charts.DaysChart })));

export function Liability() {
  return (
    <OnlyFor can="loyalty:view_all" title="Liability" what="reports about points">
      <LiabilityView />
    </OnlyFor>
  );
}

function LiabilityView() {
  const [search, setSearch] = useSearchParams();
  const firstDay = dayIn(search, "from");
  const lastDay = dayIn(search, "to");
  const [{ data, error }, refetch] = useLiabilityQuery({
    variables: { firstDay, lastDay },
    requestPolicy: "cache-and-network",
  });
  const change = (name: string, day: string) =>
    setSearch(
      (before) => {
        before.set(name, day);
        return before;
      },
      { replace: true },
    );
  return (
    <Page title="Liability" narrow>
      {error && <QueryProblem error={error} onRetry={() => refetch({ requestPolicy: "network-only" })} />}
      {!data && !error && (
        <Loading what="the liability">
          <div className={styles.stack}>
            <Skeleton height="9rem" />
            <Skeleton height="20rem" />
            <Skeleton height="20rem" />
          </div>
        </Loading>
      )}
      {data && (
        <>
          <Totals data={data} />
          <Ages data={data} />
          <Days data={data} onChange={change} />
          <ExpiryNotices />
        </>
      )}
    </Page>
  );
}

function dayIn(search: URLSearchParams, name: string): string | null {
  const day = search.get(name);
  return isDay(day) ? day : null;
}

function Totals({ data }: { data: LiabilityQuery }) {
  const totals = data.liabilitySummary;
  if (!totals) return null;
  return (
    <Card title="Outstanding points" label="Outstanding points">
      <Facts large>
        <Fact label="Points">{formatPoints(totals.points ?? "0")}</Fact>
        <Fact label="Cost if all are redeemed">{formatMoney(totals.cost ?? "0")}</Fact>
        <Fact label="Never redeemed, as assumed">{formatMoney(totals.breakage ?? "0")}</Fact>
        <Fact label="Expected cost">{formatMoney(totals.expectedCost ?? "0")}</Fact>
      </Facts>
      <Facts>
        <Fact label="Players with points">{formatCount(totals.players ?? 0)}</Fact>
        <Fact label="Cost per point">${plain(totals.costPerPoint ?? "0")}</Fact>
        <Fact label="Share never redeemed">{formatShare(totals.breakageRate ?? "0")}</Fact>
        <Fact label="Points stay good">
          {totals.pointsValidDays === null ? "For ever" : `${formatCount(totals.pointsValidDays)} days`}
        </Fact>
        <Fact label="Expire within 30 days">{formatPoints(totals.expiringPoints ?? "0")}</Fact>
      </Facts>
      {totals.ties ? (
        <Notice tone="good" title="The balances tie to the ledger, to the point." />
      ) : (
        <Notice tone="bad" title="The balances don't tie to the ledger.">
          <NoticeText>Verify the ledger: it names the players and the entries.</NoticeText>
        </Notice>
      )}
    </Card>
  );
}

function Ages({ data }: { data: LiabilityQuery }) {
  const lines = data.liability?.nodes.filter(isPresent) ?? [];
  if (lines.length === 0) {
    return (
      <Card title="By age and tier">
        <Empty icon={<ChartColumnStacked size={22} />} title="No points are outstanding">
          Points appear here as soon as players have earned some.
        </Empty>
      </Card>
    );
  }
  return (
    <ChartCard
      title="By age and tier"
      chart={<AgesChart rows={byAge(lines)} tiers={tiersOf(lines)} />}
      table={
        <SimpleTable
          label="Outstanding points by age and tier"
          rows={lines}
          keyOf={(line) => `${line.tier}:${line.ageFromDays}`}
          columns={[
            { name: "Tier", of: (line) => line.tier && <Tier tier={line.tier} /> },
            { name: "Age", of: ageText },
            { name: "Players", right: true, wide: true, of: (line) => formatCount(line.players ?? 0) },
            { name: "Points", right: true, of: (line) => formatPoints(line.points ?? "0") },
            { name: "Cost", right: true, of: (line) => formatMoney(line.cost ?? "0") },
            { name: "Expected cost", right: true, wide: true, of: (line) => formatMoney(line.expectedCost ?? "0") },
          ]}
        />
      }
    />
  );
}

interface DaysProps {
  data: LiabilityQuery;
  onChange: (name: "from" | "to", day: string) => void;
}

function Days({ data, onChange }: DaysProps) {
  const me = useMe();
  const days = data.liabilityRollForward?.nodes.filter(isPresent) ?? [];
  const first = days[0]?.gamingDay ?? me.gamingDay;
  const last = days.at(-1)?.gamingDay ?? me.gamingDay;
  return (
    <ChartCard
      title="Day by day"
      chart={<DaysChart days={days} />}
      table={
        <SimpleTable<LiabilityDayFragment>
          label="Outstanding points day by day"
          rows={days.toReversed()}
          keyOf={(day) => day.gamingDay ?? ""}
          columns={[
            { name: "Gaming day", of: (day) => day.gamingDay && formatDay(day.gamingDay) },
            { name: "Opening", right: true, of: (day) => formatPoints(day.opening ?? "0") },
            { name: "Earned", right: true, of: (day) => formatPoints(day.earned ?? "0") },
            { name: "Redeemed", right: true, of: (day) => formatPoints(day.redeemed ?? "0") },
            { name: "Expired", right: true, of: (day) => formatPoints(day.expired ?? "0") },
            { name: "Adjusted", right: true, of: (day) => formatSignedPoints(day.adjusted ?? "0") },
            { name: "Closing", right: true, of: (day) => <strong>{formatPoints(day.closing ?? "0")}</strong> },
          ]}
        />
      }
    >
      <div className={styles.period}>
        <DayPicker label="First gaming day" value={first} last={last} onChange={(day) => onChange("from", day)} />
        <span aria-hidden="true">–</span>
        <DayPicker label="Last gaming day" value={last} last={me.gamingDay} onChange={(day) => onChange("to", day)} />
      </div>
    </ChartCard>
  );
}
