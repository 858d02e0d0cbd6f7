import { CalendarClock, FileSpreadsheet } from "lucide-react";
import Papa from "papaparse";
import { useState } from "react";
import { Link } from "react-router";
import { type CombinedError, useClient } from "urql";
import { toProblem } from "../../api/errors.ts";
import { useMe } from "../../api/session.tsx";
import { Button } from "../../components/button.tsx";
import { Dialog } from "../../components/dialog.tsx";
import { Empty } from "../../components/empty.tsx";
import { ProblemNotice, QueryProblem } from "../../components/notice.tsx";
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
import { saveFile } from "../../lib/download.ts";
import { formatDay, formatPoints } from "../../lib/format.ts";
import { words } from "../../words/words.ts";
import { isPresent } from "../pit-board/board.ts";
import styles from "./liability.module.css";

const t = words("liability");

const PAGE = 25;
const AT_ONCE = 100;

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
  const client = useClient();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<CombinedError>();

  const download = async () => {
    setBusy(true);
    setError(undefined);
    const rows: Notice[] = [];
    for (let more = true; more; ) {
      const answer = await client
        .query<ExpiryNoticesQuery, ExpiryNoticesQueryVariables>(
          ExpiryNoticesDocument,
          { first: AT_ONCE, offset: rows.length },
          { requestPolicy: "network-only" },
        )
        .toPromise();
      if (answer.error) {
        setError(answer.error);
        setBusy(false);
        return;
      }
      rows.push(...(answer.data?.expiryNotices?.nodes.filter(isPresent) ?? []));
      more = answer.data?.expiryNotices?.pageInfo.hasNextPage ?? false;
    }
    saveFile(
      `points-that-expire-${me.gamingDay}.csv`,
      new Blob(["\uFEFF", toCsv(rows)], { type: "text/csv;charset=utf-8" }),
    );
    setBusy(false);
  };

  return (
    <>
      <Button icon={<FileSpreadsheet size={17} />} isPending={busy} onPress={() => void download()}>
        {t("expiry.csv")}
      </Button>
      {error && (
        <Dialog title={t("expiry.failed")} onClose={() => setError(undefined)}>
          <ProblemNotice problem={toProblem(error)} onRetry={() => void download()} />
        </Dialog>
      )}
    </>
  );
}

function toCsv(rows: readonly Notice[]): string {
  return Papa.unparse(
    {
      fields: ["player", "card_no", "tier", "expires_on", "points", "balance"],
      data: rows.map((row) => [row.playerName, row.cardNo, row.tier, row.expiresOn, row.points, row.currentBalance]),
    },
    { escapeFormulae: true, newline: "\r\n" },
  );
}
