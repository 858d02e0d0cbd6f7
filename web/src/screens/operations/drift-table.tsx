import { CheckCheck } from "lucide-react";
import { useState } from "react";
import { Link } from "react-router";
import { Empty } from "../../components/empty.tsx";
import { Card } from "../../components/page.tsx";
import { Pager } from "../../components/pager.tsx";
import { SimpleTable } from "../../components/table.tsx";
import { type DriftQuery, useDriftQuery } from "../../generated/graphql.ts";
import { formatDay, formatPoints } from "../../lib/format.ts";
import { words } from "../../words/words.ts";
import { isPresent } from "../pit-board/board.ts";
import { ListState } from "./list-state.tsx";
import styles from "./operations.module.css";

const t = words("operations");

const PAGE = 25;

type Difference = NonNullable<NonNullable<DriftQuery["reconciliationDrifts"]>["nodes"][number]>;

/** Every difference that a run found, with what it expected. */
export function DriftTable({ runId, at }: { runId: string; at: string | undefined }) {
  const [page, setPage] = useState(1);
  const [{ data, error }, refetch] = useDriftQuery({
    variables: { reconciliationRunId: runId, offset: (page - 1) * PAGE },
  });
  return (
    <Card title={t("drift.title")} padded={false} aside={at && <span className={styles.small}>{at}</span>}>
      <ListState
        what={t("drift.title")}
        data={data?.reconciliationDrifts}
        error={error}
        onRetry={() => refetch({ requestPolicy: "network-only" })}
        isEmpty={(list) => list.totalCount === 0}
        empty={
          <Empty icon={<CheckCheck size={22} />} title={t("drift.none")}>
            {t("drift.noneWhy")}
          </Empty>
        }
      >
        {(list) => (
          <>
            <SimpleTable
              label={t("drift.title")}
              rows={list.nodes.filter(isPresent)}
              keyOf={(each) => String(each.driftNo)}
              columns={[
                { name: t("drift.whose"), of: (each) => <Whose difference={each} /> },
                { name: t("drift.what"), of: (each) => <code className={styles.code}>{each.what}</code> },
                {
                  name: t("drift.expected"),
                  of: (each) => <code className={styles.code}>{each.expected ?? "–"}</code>,
                },
                { name: t("drift.actual"), of: (each) => <code className={styles.code}>{each.actual ?? "–"}</code> },
              ]}
            />
            <Pager page={page} size={PAGE} total={list.totalCount} onPage={setPage} />
          </>
        )}
      </ListState>
    </Card>
  );
}

function Whose({ difference }: { difference: Difference }) {
  const { playerId, patronId, gamingDay, entryNo } = difference;
  const where = [gamingDay && formatDay(gamingDay), entryNo && t("drift.entry", { number: formatPoints(entryNo) })];
  return (
    <span className={styles.who}>
      {playerId ? (
        <Link to={`/players/${playerId}`}>{t("drift.player")}</Link>
      ) : (
        patronId && <Link to={`/compliance/patrons/${patronId}`}>{t("drift.patron")}</Link>
      )}
      <span className={styles.small}>{where.filter(Boolean).join(" · ")}</span>
      <code className={styles.code}>{playerId ?? patronId}</code>
    </span>
  );
}
