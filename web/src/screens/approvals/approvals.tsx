import { CircleCheck, Hourglass } from "lucide-react";
import { useMemo, useState } from "react";
import { Link, useSearchParams } from "react-router";
import { useReadAgain } from "../../api/read-again.ts";
import { useMe } from "../../api/session.tsx";
import { Badge, type Tone } from "../../components/badge.tsx";
import { Button } from "../../components/button.tsx";
import { Empty } from "../../components/empty.tsx";
import { QueryProblem } from "../../components/notice.tsx";
import { Card, Page } from "../../components/page.tsx";
import { Pager } from "../../components/pager.tsx";
import { Answer } from "../../components/query-state.tsx";
import { Segmented } from "../../components/segmented.tsx";
import { Loading, Skeleton } from "../../components/skeleton.tsx";
import { Tier } from "../../components/tier.tsx";
import {
  type ApprovalFragment,
  type ApprovalsQueryVariables,
  useApprovalsLiveSubscription,
  useApprovalsQuery,
} from "../../generated/graphql.ts";
import { formatDateTime, formatPoints, formatSignedPoints } from "../../lib/format.ts";
import { isOld } from "../../lib/is-old.ts";
import { pageIn } from "../../lib/page-in.ts";
import { isPresent } from "../../lib/present.ts";
import { term } from "../../words/term.ts";
import { words } from "../../words/words.ts";
import { OnlyFor } from "../shell/only-for.tsx";
import styles from "./approvals.module.css";
import { ApproveDialog } from "./approve-dialog.tsx";
import { DeclineDialog } from "./decline-dialog.tsx";

const t = words("approvals");

const PAGE = 25;
const queues = () =>
  [
    { id: "waiting", label: t("queue.waiting") },
    { id: "decided", label: t("queue.decided") },
  ] as const;
type QueueId = ReturnType<typeof queues>[number]["id"];

export function Approvals() {
  return (
    <OnlyFor can="loyalty:approve" title={t("title")} what={t("what")}>
      <Queue />
    </OnlyFor>
  );
}

type Open = { dialog: "approve" | "decline"; request: ApprovalFragment } | undefined;

function Queue() {
  const [search, setSearch] = useSearchParams();
  const queue: QueueId = search.get("show") === "decided" ? "decided" : "waiting";
  const page = pageIn(search);
  const variables = useMemo(() => toVariables(queue, page), [queue, page]);
  const [{ data, error, fetching, operation }, refetch] = useApprovalsQuery({
    variables,
    requestPolicy: "cache-and-network",
  });
  const [{ error: missed }] = useApprovalsLiveSubscription({ variables });
  useReadAgain(missed, refetch);
  const [open, setOpen] = useState<Open>();
  const close = () => setOpen(undefined);
  const old = isOld(operation, variables);
  // That nothing waits is said only of what was asked for.
  const requests = old && data?.approvals?.totalCount === 0 ? undefined : data?.approvals;

  return (
    <Page
      title={t("title")}
      narrow
      beside={
        <Segmented
          label={t("queue.label")}
          value={queue}
          options={queues()}
          onChange={(show) => setSearch(show === "waiting" ? {} : { show }, { replace: true })}
        />
      }
    >
      {error && <QueryProblem error={error} onRetry={() => refetch({ requestPolicy: "network-only" })} />}
      {!requests && fetching && (
        <Loading what={t("loading")}>
          <div className={styles.skeletons}>
            <Skeleton height="7rem" />
            <Skeleton height="7rem" />
            <Skeleton height="7rem" />
          </div>
        </Loading>
      )}
      {requests?.totalCount === 0 && <Nothing queue={queue} />}
      {requests && requests.totalCount > 0 && (
        <Answer what={t("loading")} old={old}>
          <Card padded={false} label={queue === "waiting" ? t("list.waiting") : t("list.decided")}>
            <ul>
              {requests.nodes.filter(isPresent).map((request) => (
                <li key={request.rewardRequestId} className={styles.item}>
                  <Request request={request} onOpen={(dialog) => setOpen({ dialog, request })} />
                </li>
              ))}
            </ul>
            <Pager
              page={page}
              size={PAGE}
              total={requests.totalCount}
              onPage={(next) =>
                setSearch((before) => {
                  before.set("page", String(next));
                  return before;
                })
              }
            />
          </Card>
        </Answer>
      )}
      {open?.dialog === "approve" && <ApproveDialog request={open.request} onClose={close} />}
      {open?.dialog === "decline" && <DeclineDialog request={open.request} onClose={close} />}
    </Page>
  );
}

/** What waits longest comes first; of what was decided, the latest. */
function toVariables(queue: QueueId, page: number): ApprovalsQueryVariables {
  const offset = (page - 1) * PAGE;
  return queue === "waiting"
    ? { offset, filter: { status: { equalTo: "pending" } }, orderBy: ["EXPIRES_AT_ASC", "REWARD_REQUEST_ID_ASC"] }
    : { offset, filter: { status: { notEqualTo: "pending" } }, orderBy: ["REWARD_REQUEST_ID_DESC"] };
}

function Nothing({ queue }: { queue: QueueId }) {
  if (queue === "decided") {
    return (
      <Empty icon={<Hourglass size={22} />} title={t("empty.decided")}>
        {t("empty.decidedText")}
      </Empty>
    );
  }
  return (
    <Empty icon={<CircleCheck size={22} />} title={t("empty.waiting")}>
      {t("empty.waitingText")}
    </Empty>
  );
}

const tones: Record<string, Tone> = { approved: "good", declined: "bad", expired: "neutral", pending: "warn" };

interface RequestProps {
  request: ApprovalFragment;
  onOpen: (dialog: "approve" | "decline") => void;
}

function Request({ request, onOpen }: RequestProps) {
  const me = useMe();
  const kind = term("requestKind", request.kind ?? "");
  const name = request.playerName ?? "";
  const status = request.status ?? "";
  const waiting = status === "pending";
  return (
    <article className={styles.request} aria-label={t("kindFor", { kind, name })}>
      <div className={styles.what}>
        <h2 className={styles.title}>
          <Link className={styles.player ?? ""} to={`/players/${request.playerId}`}>
            {name}
          </Link>
          <Badge>{kind}</Badge>
          {!waiting && <Badge tone={tones[status] ?? "neutral"}>{term("requestStatus", status)}</Badge>}
          {waiting && request.requestedBy === me.staffId && <Badge tone="accent">{t("askedByYou")}</Badge>}
        </h2>
        <p className={styles.reason}>{request.reason}</p>
        <Trail request={request} />
      </div>
      <p className={`${styles.figures} numeric`}>
        <span className={styles.points}>{formatSignedPoints(request.points ?? "0")}</span>
        <span className={styles.small}>{t("balance", { points: formatPoints(request.currentBalance ?? "0") })}</span>
        {request.tier && <Tier tier={request.tier} />}
      </p>
      {waiting && !request.decidable && <p className={styles.others}>{t("othersDecide")}</p>}
      {request.decidable && (
        <div className={styles.actions}>
          <Button onPress={() => onOpen("decline")}>{t("decline")}</Button>
          <Button look="primary" onPress={() => onOpen("approve")}>
            {t("approve")}
          </Button>
        </div>
      )}
    </article>
  );
}

/** Both people, and what became of it. */
function Trail({ request }: { request: ApprovalFragment }) {
  const me = useMe();
  const at = (iso: string | null) => (iso === null ? "" : formatDateTime(iso, me.timezone));
  const { status, decidedByName, decisionReason, entryNo } = request;
  return (
    <ul className={styles.trail}>
      <li>{t("trail.asked", { who: request.requestedByName ?? t("someone"), when: at(request.requestedAt) })}</li>
      {status === "pending" && <li>{t("trail.expires", { when: at(request.expiresAt) })}</li>}
      {status === "expired" && <li>{t("trail.expired", { when: at(request.expiresAt) })}</li>}
      {status === "approved" && (
        <li>
          {t("trail.approved", {
            who: decidedByName ?? t("someone"),
            when: at(request.decidedAt),
            entry: entryNo ?? "",
          })}
        </li>
      )}
      {status === "declined" && (
        <li>
          {t("trail.declined", {
            who: decidedByName ?? t("someone"),
            when: at(request.decidedAt),
            reason: decisionReason ?? "",
          })}
        </li>
      )}
    </ul>
  );
}
