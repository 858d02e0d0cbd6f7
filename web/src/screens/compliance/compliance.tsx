import { Download } from "lucide-react";
import { useState } from "react";
import { useMe } from "../../api/session.tsx";
import { Button } from "../../components/button.tsx";
import { QueryProblem } from "../../components/notice.tsx";
import { Card, Page } from "../../components/page.tsx";
import { Loading, Skeleton } from "../../components/skeleton.tsx";
import type { CaseLineFragment } from "../../generated/graphql.ts";
import { useDebounced } from "../../lib/debounced.ts";
import { isPresent } from "../../lib/present.ts";
import { words } from "../../words/words.ts";
import { ExportDialog } from "../ctr-case/export-dialog.tsx";
import { CasesToFile } from "./cases-to-file.tsx";
import styles from "./compliance.module.css";
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
  const [exporting, setExporting] = useState(false);
  const toFile = data?.casesToFile;
  // Which days the file begins with, the answer says.
  const answered = data !== undefined || error !== undefined;

  return (
    <div className={styles.layout}>
      <div className={styles.main}>
        <Page
          title={t("title")}
          beside={<DayStepper day={filters.day} last={me.gamingDay} onChange={(day) => change({ day })} />}
          aside={
            <div className={styles.actions}>
              {me.can("ctr:file") && (
                <Button
                  icon={<Download size={17} />}
                  isPending={exporting && !answered}
                  onPress={() => setExporting(true)}
                >
                  {t("ctrFile")}
                </Button>
              )}
            </div>
          }
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
      {exporting && answered && (
        <ExportDialog
          {...daysToFile(filters.day, me.gamingDay, toFile?.nodes.filter(isPresent) ?? [])}
          onClose={() => setExporting(false)}
        />
      )}
    </div>
  );
}

/** The days of all cases that wait; only the one that is looked at when somebody went to it and its cases do. */
function daysToFile(day: string, today: string, cases: readonly CaseLineFragment[]): { first: string; last: string } {
  const days = cases.map(({ gamingDay }) => gamingDay ?? day).sort();
  if (day !== today && days.includes(day)) return { first: day, last: day };
  return { first: days[0] ?? day, last: days.at(-1) ?? day };
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
