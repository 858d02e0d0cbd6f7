import { ChartColumnStacked } from "lucide-react";
import type { ReactNode } from "react";
import { useSearchParams } from "react-router";
import { useMe } from "../../api/session.tsx";
import { chart } from "../../components/chart.tsx";
import { ChartCard } from "../../components/chart-card.tsx";
import { DayPicker } from "../../components/day-field.tsx";
import { Empty } from "../../components/empty.tsx";
import { Fact, Facts } from "../../components/facts.tsx";
import { Notice, NoticeText, QueryProblem } from "../../components/notice.tsx";
import { Card, Page } from "../../components/page.tsx";
import { Answer } from "../../components/query-state.tsx";
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
import { isOld } from "../../lib/is-old.ts";
import { isPresent } from "../../lib/present.ts";
import { words } from "../../words/words.ts";
import { plain } from "../rules/parameters.ts";
import { OnlyFor } from "../shell/only-for.tsx";
import { ageText, byAge, tiersOf } from "./ages.ts";
import { ExpiryNotices } from "./expiry-notices.tsx";
import styles from "./liability.module.css";

const t = words("liability");

const AgesChart = chart(async () => (await import("./charts.tsx")).AgesChart);
const DaysChart = chart(async () => (await import("./charts.tsx")).DaysChart);

export function Liability() {
  return (
    <OnlyFor can="loyalty:view_all" title={t("title")} what={t("what")}>
      <LiabilityView />
    </OnlyFor>
  );
}

function LiabilityView() {
  const [search, setSearch] = useSearchParams();
  const firstDay = dayIn(search, "from");
  const lastDay = dayIn(search, "to");
  const variables = { firstDay, lastDay };
  const [{ data, error, operation }, refetch] = useLiabilityQuery({
    variables,
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
    <Page title={t("title")} narrow>
      {error && <QueryProblem error={error} onRetry={() => refetch({ requestPolicy: "network-only" })} />}
      {!data && !error && (
        <Loading what={t("loading")}>
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
          <Days data={data} asked={variables} old={isOld(operation, variables)} onChange={change} />
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
    <Card title={t("totals.title")} label={t("totals.title")}>
      <Facts large>
        <Fact label={t("points")}>{formatPoints(totals.points ?? "0")}</Fact>
        <Fact label={t("totals.cost")}>{formatMoney(totals.cost ?? "0")}</Fact>
        <Fact label={t("totals.breakage")}>{formatMoney(totals.breakage ?? "0")}</Fact>
        <Fact label={t("expectedCost")}>{formatMoney(totals.expectedCost ?? "0")}</Fact>
      </Facts>
      <Facts>
        <Fact label={t("totals.players")}>{formatCount(totals.players ?? 0)}</Fact>
        <Fact label={t("totals.perPoint")}>${plain(totals.costPerPoint ?? "0")}</Fact>
        <Fact label={t("totals.share")}>{formatShare(totals.breakageRate ?? "0")}</Fact>
        <Fact label={t("totals.valid")}>
          {totals.pointsValidDays === null ? t("totals.forEver") : t("totals.days", { count: totals.pointsValidDays })}
        </Fact>
        <Fact label={t("totals.expiring")}>{formatPoints(totals.expiringPoints ?? "0")}</Fact>
      </Facts>
      {totals.ties ? (
        <Notice tone="good" title={t("totals.ties")} />
      ) : (
        <Notice tone="bad" title={t("totals.tiesNot")}>
          <NoticeText>{t("totals.verify")}</NoticeText>
        </Notice>
      )}
    </Card>
  );
}

function Ages({ data }: { data: LiabilityQuery }) {
  const lines = data.liability?.nodes.filter(isPresent) ?? [];
  if (lines.length === 0) {
    return (
      <Card title={t("ages.title")}>
        <Empty icon={<ChartColumnStacked size={22} />} title={t("ages.empty")}>
          {t("ages.appear")}
        </Empty>
      </Card>
    );
  }
  return (
    <ChartCard
      title={t("ages.title")}
      chart={<AgesChart rows={byAge(lines)} tiers={tiersOf(lines)} />}
      table={
        <SimpleTable
          label={t("ages.label")}
          rows={lines}
          keyOf={(line) => `${line.tier}:${line.ageFromDays}`}
          columns={[
            { name: t("tier"), of: (line) => line.tier && <Tier tier={line.tier} /> },
            { name: t("ages.age"), of: ageText },
            { name: t("ages.players"), right: true, wide: true, of: (line) => formatCount(line.players ?? 0) },
            { name: t("points"), right: true, of: (line) => formatPoints(line.points ?? "0") },
            { name: t("cost"), right: true, of: (line) => formatMoney(line.cost ?? "0") },
            { name: t("expectedCost"), right: true, wide: true, of: (line) => formatMoney(line.expectedCost ?? "0") },
          ]}
        />
      }
    />
  );
}

interface DaysProps {
  data: LiabilityQuery;
  asked: { firstDay: string | null; lastDay: string | null };
  old: boolean;
  onChange: (name: "from" | "to", day: string) => void;
}

function Days({ data, asked, old, onChange }: DaysProps) {
  const me = useMe();
  const days = data.liabilityRollForward?.nodes.filter(isPresent) ?? [];
  const first = (old ? asked.firstDay : null) ?? days[0]?.gamingDay ?? me.gamingDay;
  const last = (old ? asked.lastDay : null) ?? days.at(-1)?.gamingDay ?? me.gamingDay;
  const answer = (shown: ReactNode) => (
    <Answer what={t("days.title")} old={old}>
      {shown}
    </Answer>
  );
  return (
    <ChartCard
      title={t("days.title")}
      chart={answer(<DaysChart days={days} />)}
      table={answer(
        <SimpleTable<LiabilityDayFragment>
          label={t("days.label")}
          rows={days.toReversed()}
          keyOf={(day) => day.gamingDay ?? ""}
          columns={[
            { name: t("days.gamingDay"), of: (day) => day.gamingDay && formatDay(day.gamingDay) },
            { name: t("days.opening"), right: true, of: (day) => formatPoints(day.opening ?? "0") },
            { name: t("days.earned"), right: true, of: (day) => formatPoints(day.earned ?? "0") },
            { name: t("days.redeemed"), right: true, of: (day) => formatPoints(day.redeemed ?? "0") },
            { name: t("days.expired"), right: true, of: (day) => formatPoints(day.expired ?? "0") },
            { name: t("days.adjusted"), right: true, of: (day) => formatSignedPoints(day.adjusted ?? "0") },
            { name: t("days.closing"), right: true, of: (day) => <strong>{formatPoints(day.closing ?? "0")}</strong> },
          ]}
        />,
      )}
    >
      <div className={styles.period}>
        <DayPicker label={t("days.first")} value={first} last={last} onChange={(day) => onChange("from", day)} />
        <span aria-hidden="true">–</span>
        <DayPicker label={t("days.last")} value={last} last={me.gamingDay} onChange={(day) => onChange("to", day)} />
      </div>
    </ChartCard>
  );
}
