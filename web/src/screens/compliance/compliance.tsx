import { useMe } from "../../api/session.tsx";
import { QueryProblem } from "../../components/notice.tsx";
import { Card, Page } from "../../components/page.tsx";
import { Loading, Skeleton } from "../../components/skeleton.tsx";
import { useDebounced } from "../../lib/debounced.ts";
import { isPresent } from "../../lib/present.ts";
import { words } from "../../words/words.ts";
import { CasesToFile } from "./cases-to-file.tsx";
import styles from "./compliance.module.css";
import { CtrFile } from "./ctr-file.tsx";
import { DayStepper } from "./day-stepper.tsx";
import { DayTotals } from "./day-totals.tsx";
import { DownloadCsv } from "./download-csv.tsx";
import { FilterBar } from "./filter-bar.tsx";
import { type Filters, useFilters } from "./filters.ts";
import { PatronDays } from "./patron-days.tsx";
import { PatronDrawer } from "./patron-drawer.tsx";
import { useGoTo, useShownPatron } from "./places.ts";
import { ReviewersOnly } from "./reviewers-only.tsx";
import { SignOff } from "./sign-off.tsx";
import { useComplianceDay } from "./use-compliance-day.ts";

const t = words("compliance");

export function Compliance() {
  return (
    <ReviewersOnly title={t("title")}>
      <Dashboard />
    </ReviewersOnly>
  );
}

function Dashboard() {
  const me = useMe();
  const [typed, change] = useFilters(me.gamingDay);
  const filters: Filters = { ...typed, patron: useDebounced(typed.patron) };
  const { data, error, retry } = useComplianceDay(filters);
  const shown = useShownPatron();
  const goTo = useGoTo();
  const toFile = data?.casesToFile;

  return (
    <div className={styles.layout}>
      <div className={styles.main}>
        <Page
          title={t("title")}
          beside={<DayStepper day={filters.day} last={me.gamingDay} onChange={(day) => change({ day })} />}
          aside={<div className={styles.actions}>{me.can("ctr:file") && <CtrFile day={filters.day} />}</div>}
        >
          {error && <QueryProblem error={error} onRetry={retry} />}
          {!data && !error && <DashboardSkeleton />}
          {data && (
            <>
              <div className={styles.overview}>
                <DayTotals summary={data.gamingDaySummary} />
                <SignOff
                  day={filters.day}
                  standing={data.signOffStanding}
                  signedOff={data.gamingDaySignOff}
                  blocking={data.blockingCases?.nodes.filter(isPresent) ?? []}
                />
              </div>
              <CasesToFile cases={toFile?.nodes.filter(isPresent) ?? []} total={toFile?.totalCount ?? 0} />
              <Card padded={false} label={t("days.label")}>
                <FilterBar filters={typed} onChange={change}>
                  <DownloadCsv filters={filters} />
                </FilterBar>
                <PatronDays
                  filters={filters}
                  rows={data.patronDays}
                  selected={shown}
                  onSelect={goTo}
                  onChange={change}
                />
              </Card>
            </>
          )}
        </Page>
      </div>
      {shown && (
        <div className={styles.aside}>
          <PatronDrawer
            key={`${shown}:${filters.day}`}
            patronId={shown}
            day={filters.day}
            onGo={goTo}
            onClose={() => goTo(undefined)}
          />
        </div>
      )}
    </div>
  );
}

function DashboardSkeleton() {
  return (
    <Loading what={t("loading")}>
      <div className={styles.overview}>
        <Skeleton height="9rem" />
        <Skeleton height="9rem" />
      </div>
      <div className={styles.rows}>
        <Skeleton height="3rem" />
        <Skeleton height="3rem" />
        <Skeleton height="3rem" />
        <Skeleton height="3rem" />
      </div>
    </Loading>
  );
}
