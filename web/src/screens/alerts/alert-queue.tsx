import { BellRing, CircleCheck } from "lucide-react";
import { useState } from "react";
import { Link, useSearchParams } from "react-router";
import { useReadAgain } from "../../api/read-again.ts";
import { useMe } from "../../api/session.tsx";
import { Badge } from "../../components/badge.tsx";
import { Button } from "../../components/button.tsx";
import { Empty } from "../../components/empty.tsx";
import { QueryProblem } from "../../components/notice.tsx";
import { Card, Page } from "../../components/page.tsx";
import { Pager } from "../../components/pager.tsx";
import { Segmented } from "../../components/segmented.tsx";
import { Loading, Skeleton } from "../../components/skeleton.tsx";
import { type AlertFragment, useAlertsLiveSubscription, useAlertsQuery } from "../../generated/graphql.ts";
import { formatDateTime, formatDay, formatMoney } from "../../lib/format.ts";
import { pageIn } from "../../lib/page-in.ts";
import { isPresent } from "../../lib/present.ts";
import { words } from "../../words/words.ts";
import { nameOfPerson } from "../compliance/person.ts";
import { ReviewersOnly } from "../compliance/reviewers-only.tsx";
import { useStaffNames } from "../staff/use-staff-names.ts";
import styles from "./alert-queue.module.css";
import { ResolveDialog } from "./resolve-dialog.tsx";
import { aboutRule, nameOfRule } from "./rules.ts";

const t = words("alerts");

const PAGE = 25;
const queues = () =>
  [
    { id: "open", label: t("queue.open") },
    { id: "resolved", label: t("queue.resolved") },
  ] as const;

export function AlertQueue() {
  return (
    <ReviewersOnly title={t("title")}>
      <Queue />
    </ReviewersOnly>
  );
}

function Queue() {
  const [search, setSearch] = useSearchParams();
  const queue = search.get("show") === "resolved" ? "resolved" : "open";
  const page = pageIn(search);
  const variables = { open: queue === "open", offset: (page - 1) * PAGE };
  const [{ data, error, fetching }, refetch] = useAlertsQuery({ variables, requestPolicy: "cache-and-network" });
  const [{ error: missed }] = useAlertsLiveSubscription({ variables });
  useReadAgain(missed, refetch);
  const [resolving, setResolving] = useState<AlertFragment>();
  const alerts = data?.complianceAlerts;
  const retry = () => refetch({ requestPolicy: "network-only" });

  return (
    <Page
      title={t("title")}
      narrow
      beside={
        <Segmented
          label={t("queue.label")}
          value={queue}
          options={queues()}
          onChange={(show) => setSearch(show === "open" ? {} : { show }, { replace: true })}
        />
      }
    >
      {error && <QueryProblem error={error} onRetry={retry} />}
      {!alerts && fetching && (
        <Loading what={t("loading")}>
          <div className={styles.skeletons}>
            <Skeleton height="6rem" />
            <Skeleton height="6rem" />
            <Skeleton height="6rem" />
          </div>
        </Loading>
      )}
      {alerts?.totalCount === 0 && <Nothing queue={queue} />}
      {alerts && alerts.totalCount > 0 && (
        <Card padded={false} label={queue === "open" ? t("list.open") : t("list.resolved")}>
          <ul>
            {alerts.nodes.filter(isPresent).map((alert) => (
              <li key={alert.alertId} className={styles.item}>
                <Alert alert={alert} onResolve={() => setResolving(alert)} />
              </li>
            ))}
          </ul>
          <Pager
            page={page}
            size={PAGE}
            total={alerts.totalCount}
            onPage={(next) =>
              setSearch((before) => {
                before.set("page", String(next));
                return before;
              })
            }
          />
        </Card>
      )}
      {resolving && <ResolveDialog alert={resolving} onClose={() => setResolving(undefined)} />}
    </Page>
  );
}

function Nothing({ queue }: { queue: "open" | "resolved" }) {
  if (queue === "resolved") {
    return (
      <Empty icon={<BellRing size={22} />} title={t("empty.resolved")}>
        {t("empty.resolvedText")}
      </Empty>
    );
  }
  return (
    <Empty icon={<CircleCheck size={22} />} title={t("empty.open")}>
      {t("empty.openText")}
    </Empty>
  );
}

function Alert({ alert, onResolve }: { alert: AlertFragment; onResolve: () => void }) {
  const me = useMe();
  const nameOf = useStaffNames();
  const title = nameOfRule(alert.rule);
  const name = nameOfPerson(alert.patron);
  const dashboard = new URLSearchParams({ day: alert.gamingDay });
  return (
    <article className={styles.alert} aria-label={`${title}, ${name}`}>
      <div className={styles.what}>
        <h2 className={styles.rule}>
          {title}
          <Badge>{alert.direction === "in" ? t("cash.in") : t("cash.out")}</Badge>
        </h2>
        <p>
          <Link className={styles.person ?? ""} to={`/compliance/patrons/${alert.patronId}?${dashboard}`}>
            {name}
          </Link>{" "}
          <span className={styles.small}>{t("gamingDayOf", { day: formatDay(alert.gamingDay) })}</span>
        </p>
        <p className={styles.explained}>{aboutRule(alert.rule)}</p>
        {alert.resolution !== null && alert.resolvedAt !== null && (
          <>
            <p className={styles.resolution}>{alert.resolution}</p>
            <p className={styles.small}>
              {nameOf(alert.resolvedBy) ?? t("somebody")}, {formatDateTime(alert.resolvedAt, me.timezone)}
            </p>
          </>
        )}
      </div>
      <p className={`${styles.amount} numeric`}>
        <span className={styles.sum}>{formatMoney(alert.amount)}</span>
        <time className={styles.small} dateTime={alert.createdAt}>
          {t("found", { when: formatDateTime(alert.createdAt, me.timezone) })}
        </time>
      </p>
      {alert.resolvable && <Button onPress={onResolve}>{t("resolve")}</Button>}
    </article>
  );
}
