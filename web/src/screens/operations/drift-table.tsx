import { CheckCheck } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { Link } from "react-router";
import { useMe } from "../../api/session.tsx";
import { Empty } from "../../components/empty.tsx";
import { Card } from "../../components/page.tsx";
import { Pager } from "../../components/pager.tsx";
import { QueryState } from "../../components/query-state.tsx";
import { SimpleTable } from "../../components/table.tsx";
import { type RunLineFragment, useDriftQuery } from "../../generated/graphql.ts";
import { formatDateTime } from "../../lib/format.ts";
import { isPresent } from "../../lib/present.ts";
import { words } from "../../words/words.ts";
import { usePlayerNames } from "../players/use-player-names.ts";
import { Compared, What, Whose } from "./difference.tsx";
import styles from "./operations.module.css";

const t = words("operations");

const PAGE = 25;

interface DriftTableProps {
  runId: string;
  /** Where it is among the runs that are shown. */
  run: RunLineFragment | undefined;
  /** It was chosen, so it comes into view. */
  isAsked: boolean;
}

/** Every difference that a run found, with what it expected. */
export function DriftTable({ runId, run, isAsked }: DriftTableProps) {
  const me = useMe();
  const [page, setPage] = useState(1);
  const [{ data, error }, refetch] = useDriftQuery({
    variables: { reconciliationRunId: runId, offset: (page - 1) * PAGE },
  });
  const differences = data?.reconciliationDrifts?.nodes.filter(isPresent) ?? [];
  const nameOf = usePlayerNames(differences.map((each) => each.playerId));
  const card = useRef<HTMLDivElement>(null);
  const isThere = data !== undefined;
  useEffect(() => {
    if (isAsked && isThere) card.current?.scrollIntoView({ block: "nearest" });
  }, [isAsked, isThere]);
  return (
    <div ref={card}>
      <Card
        title={t("drift.title")}
        padded={false}
        aside={run && <span className={styles.small}>{formatDateTime(run.startedAt, me.timezone)}</span>}
      >
        <QueryState
          inset
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
                rows={differences}
                keyOf={(each) => String(each.driftNo)}
                columns={[
                  { name: t("drift.whose"), of: (each) => <Whose difference={each} nameOf={nameOf} /> },
                  { name: t("drift.what"), of: (each) => <What difference={each} /> },
                  { name: t("drift.expected"), of: (each) => <Compared value={each.expected} /> },
                  { name: t("drift.actual"), of: (each) => <Compared value={each.actual} /> },
                  {
                    name: t("drift.history"),
                    right: true,
                    of: (each) =>
                      each.playerId && (
                        <Link
                          className={styles.link ?? ""}
                          to={`/operations?${new URLSearchParams({ view: "audit", player: each.playerId })}`}
                        >
                          {t("views.audit")}
                        </Link>
                      ),
                  },
                ]}
              />
              <Pager page={page} size={PAGE} total={list.totalCount} onPage={setPage} />
            </>
          )}
        </QueryState>
      </Card>
    </div>
  );
}
