import { CalendarClock } from "lucide-react";
import { useState } from "react";
import { Link } from "react-router";
import { useMe } from "../../api/session.tsx";
import { AT_ONCE, DownloadList } from "../../components/download-list.tsx";
import { Empty } from "../../components/empty.tsx";
import { QueryProblem } from "../../components/notice.tsx";
import { Card } from "../../components/page.tsx";
import { Pager } from "../../components/pager.tsx";
import { Loading, Skeleton } from "../../components/skeleton.tsx";
import { SimpleTable } from "../../components/table.tsx";
import { Tier } from "../../components/tier.tsx";
import {
  ExpiryNoticesDocument,
  type ExpiryNoticesQuery,
  type ExpiryNoticesQueryVariables,
  useExpiryNoticesQuery,
} from "../../generated/graphql.ts";
import type { CsvColumn } from "../../lib/csv.ts";
import { formatDay, formatPoints } from "../../lib/format.ts";
import { isPresent } from "../../lib/present.ts";
import { words } from "../../words/words.ts";
import styles from "./liability.module.css";

const t = words("liability");

const PAGE = 25;

type Notice = NonNullable<NonNullable<ExpiryNoticesQuery["expiryNotices"]>["nodes"][number]>;

/** Whom to tell that points expire, the nearest day first. */
export function ExpiryNotices() {
  const [page, setPage] = useState(1);
  const [{ data, error, fetching }, refetch] = useExpiryNoticesQuery({
    variables: { first: PAGE, offset: (page - 1) * PAGE },
    requestPolicy: "cache-and-network",
  });
  const notices = data?.expiryNotices;
  const total = notices?.totalCount ?? 0;
  return (
    <Card title={t("expiry.title")} padded={false} aside={total > 0 && <Download />}>
      {error && <QueryProblem error={error} onRetry={() => refetch({ requestPolicy: "network-only" })} />}
      {!notices && fetching && (
        <Loading what={t("expiry.loading")}>
          <Skeleton height="8rem" />
        </Loading>
      )}
      {notices && total === 0 && (
        <Empty icon={<CalendarClock size={22} />} title={t("expiry.empty")}>
          {t("expiry.listed")}
        </Empty>
      )}
      {notices && total > 0 && (
        <>
          <SimpleTable
            label={t("expiry.label")}
            rows={notices.nodes.filter(isPresent)}
            keyOf={(notice) => `${notice.playerId}:${notice.expiresOn}`}
            columns={[
              {
                name: t("player"),
                of: (notice) => (
                  <span className={styles.who}>
                    <Link className={styles.player ?? ""} to={`/players/${notice.playerId}`}>
                      {notice.playerName}
                    </Link>
                    <span className={`${styles.card} numeric`}>{notice.cardNo}</span>
                  </span>
                ),
              },
              { name: t("tier"), wide: true, of: (notice) => notice.tier && <Tier tier={notice.tier} /> },
              { name: t("expiry.on"), of: (notice) => notice.expiresOn && formatDay(notice.expiresOn) },
              { name: t("points"), right: true, of: (notice) => formatPoints(notice.points ?? "0") },
              {
                name: t("expiry.balance"),
                right: true,
                wide: true,
                of: (notice) => formatPoints(notice.currentBalance ?? "0"),
              },
            ]}
          />
          <Pager page={page} size={PAGE} total={total} onPage={setPage} />
        </>
      )}
    </Card>
  );
}

/** The whole list, for letters and messages. */
function Download() {
  const me = useMe();
  return (
    <DownloadList
      label={t("expiry.csv")}
      failed={t("expiry.failed")}
      file={`points-that-expire-${me.gamingDay}`}
      columns={columns}
      timezone={me.timezone}
      read={async (client, offset) => {
        const { data, error } = await client
          .query<ExpiryNoticesQuery, ExpiryNoticesQueryVariables>(
            ExpiryNoticesDocument,
            { first: AT_ONCE, offset },
            { requestPolicy: "network-only" },
          )
          .toPromise();
        return { error, list: data?.expiryNotices };
      }}
    />
  );
}

const columns: readonly CsvColumn<Notice>[] = [
  { field: "player", raw: (notice) => notice.playerName },
  { field: "card_no", raw: (notice) => notice.cardNo },
  { field: "tier", raw: (notice) => notice.tier },
  { field: "expires_on", raw: (notice) => notice.expiresOn },
  { field: "points", raw: (notice) => notice.points },
  { field: "balance", raw: (notice) => notice.currentBalance },
];
