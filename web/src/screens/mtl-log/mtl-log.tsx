import { BookOpenText, ListChecks } from "lucide-react";
import { Link, useNavigate, useParams, useSearchParams } from "react-router";
import { useReadAgain } from "../../api/read-again.ts";
import { useMe } from "../../api/session.tsx";
import { Empty } from "../../components/empty.tsx";
import { QueryProblem } from "../../components/notice.tsx";
import { Card, Page } from "../../components/page.tsx";
import { Pager } from "../../components/pager.tsx";
import { Answer } from "../../components/query-state.tsx";
import { Segmented } from "../../components/segmented.tsx";
import { Loading, Skeleton } from "../../components/skeleton.tsx";
import { type MtlLogFilter, useMtlLogDayQuery, useMtlLogLiveSubscription } from "../../generated/graphql.ts";
import { isDay } from "../../lib/days.ts";
import { isOld } from "../../lib/is-old.ts";
import { pageIn } from "../../lib/page-in.ts";
import { isPresent } from "../../lib/present.ts";
import { words } from "../../words/words.ts";
import { DayStepper } from "../compliance/day-stepper.tsx";
import { DownloadLog } from "./download-log.tsx";
import { EntryDrawer } from "./entry-drawer.tsx";
import { LogTable } from "./log-table.tsx";
import styles from "./mtl-log.module.css";

const t = words("mtlLog");

const PAGE = 50;

const directions = () =>
  [
    { id: "both", label: t("both") },
    { id: "in", label: t("in") },
    { id: "out", label: t("out") },
  ] as const;

export function MtlLog() {
  const me = useMe();
  if (me.can("mtl:view")) return <Log />;
  return (
    <Page title={t("title")} narrow>
      <Empty
        icon={<ListChecks size={22} />}
        title={t("notYours")}
        actions={me.can("mtl:create") && <Link to="/cash/new">{t("record")}</Link>}
      >
        {t("listed")}
      </Empty>
    </Page>
  );
}

/** A gaming day's entries, newest first; what was corrected stays beside what corrects it. */
function Log() {
  const me = useMe();
  const navigate = useNavigate();
  const { entryId } = useParams();
  const [address, setAddress] = useSearchParams();
  const asked = address.get("day");
  const day = isDay(asked) ? asked : me.gamingDay;
  const direction = directions().find(({ id }) => id === address.get("direction"))?.id ?? "both";
  const page = pageIn(address);
  const filter: MtlLogFilter = {
    gamingDay: { equalTo: day },
    ...(direction !== "both" && { direction: { equalTo: direction } }),
  };
  const variables = { filter, first: PAGE, offset: (page - 1) * PAGE };
  const [{ data, error, operation }, refetch] = useMtlLogDayQuery({ variables, requestPolicy: "cache-and-network" });
  // Each event carries the page into the cache, from which the query above is answered.
  const [{ error: missed }] = useMtlLogLiveSubscription({ variables });
  const reload = () => refetch({ requestPolicy: "network-only" });
  useReadAgain(missed, refetch);

  const change = (name: string, value: string) =>
    setAddress(
      (before) => {
        const after = new URLSearchParams(before);
        after.delete("page");
        if (value === "") after.delete(name);
        else after.set(name, value);
        return after;
      },
      { replace: true },
    );
  const show = (id: string | undefined) =>
    void navigate({ pathname: id === undefined ? "/cash/log" : `/cash/log/${id}`, search: address.toString() });
  const total = data?.mtlLogs?.totalCount ?? 0;
  const entries = data?.mtlLogs?.nodes.filter(isPresent) ?? [];
  const old = isOld(operation, variables);
  // That there is no entry is said only of what was asked for.
  const isAwaited = !data || (old && entries.length === 0);

  return (
    <div className={styles.layout}>
      <div className={styles.main}>
        <Page
          title={t("title")}
          beside={
            <DayStepper
              day={day}
              last={me.gamingDay}
              onChange={(chosen) => change("day", chosen === me.gamingDay ? "" : chosen)}
            />
          }
          aside={
            <div className={styles.aside}>
              <Segmented
                label={t("direction")}
                value={direction}
                onChange={(chosen) => change("direction", chosen === "both" ? "" : chosen)}
                options={directions()}
              />
              {entries.length > 0 && (
                <DownloadLog
                  filter={filter}
                  file={["cash", direction === "both" ? "log" : direction, day].join("-")}
                  totals={me.can("mtl:review")}
                />
              )}
            </div>
          }
        >
          {error && !data && <QueryProblem error={error} onRetry={reload} />}
          {isAwaited && !error && (
            <Loading what={t("loading")}>
              <Skeleton height="24rem" />
            </Loading>
          )}
          {!isAwaited && entries.length === 0 && (
            <Empty
              icon={<BookOpenText size={22} />}
              title={t(`none.${direction}`)}
              actions={me.can("mtl:create") && day === me.gamingDay && <Link to="/cash/new">{t("record")}</Link>}
            >
              {t("appear")}
            </Empty>
          )}
          {entries.length > 0 && (
            <Answer what={t("loading")} old={old}>
              <Card padded={false} label={t("entries")}>
                <p className="visually-hidden" role="status">
                  {t("count", { count: total })}
                </p>
                <LogTable entries={entries} selected={entryId} onSelect={show} />
                <Pager
                  page={page}
                  size={PAGE}
                  total={total}
                  onPage={(next) => change("page", next === 1 ? "" : String(next))}
                />
              </Card>
            </Answer>
          )}
        </Page>
      </div>
      {entryId !== undefined && <EntryDrawer key={entryId} entryId={entryId} onClose={() => show(undefined)} />}
    </div>
  );
}
