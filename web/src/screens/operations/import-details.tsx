import { CheckCheck, Undo2 } from "lucide-react";
import { useState } from "react";
import { Button } from "../../components/button.tsx";
import { Empty } from "../../components/empty.tsx";
import { Fact, Facts } from "../../components/facts.tsx";
import { Notice, NoticeText } from "../../components/notice.tsx";
import { Card } from "../../components/page.tsx";
import { QueryState } from "../../components/query-state.tsx";
import { SimpleTable } from "../../components/table.tsx";
import { type ImportLineFragment, type QuarantineQuery, useQuarantineQuery } from "../../generated/graphql.ts";
import { formatCount, formatExact, formatPoints } from "../../lib/format.ts";
import { isPresent } from "../../lib/present.ts";
import { words } from "../../words/words.ts";
import styles from "./operations.module.css";
import { PAGE, Quarantine } from "./quarantine.tsx";
import { RollBackDialog } from "./roll-back-dialog.tsx";

const t = words("operations");

interface ImportDetailsProps {
  batch: ImportLineFragment;
  onChanged: () => void;
}

/** What an import came to: its figures, what waits in quarantine, and which balances differ. */
export function ImportDetails({ batch, onChanged }: ImportDetailsProps) {
  const [page, setPage] = useState(1);
  const [{ data, error }, refetch] = useQuarantineQuery({
    variables: { importBatchId: batch.importBatchId, offset: (page - 1) * PAGE },
    requestPolicy: "cache-and-network",
  });
  const again = () => refetch({ requestPolicy: "network-only" });
  return (
    <>
      <Outcome batch={batch} onChanged={onChanged} />
      <Quarantine
        batch={batch}
        rows={data?.quarantinedRows}
        error={error}
        page={page}
        onPage={setPage}
        onAgain={again}
        onChanged={() => {
          again();
          onChanged();
        }}
      />
      <Card title={t("mismatches.title")} padded={false}>
        <QueryState
          inset
          what={t("mismatches.title")}
          data={data?.importMismatches}
          error={error}
          onRetry={again}
          isEmpty={(list) => list.totalCount === 0}
          empty={<Empty icon={<CheckCheck size={22} />} title={t("mismatches.none")} />}
        >
          {(list) => <Mismatches list={list} />}
        </QueryState>
      </Card>
    </>
  );
}

function Outcome({ batch, onChanged }: ImportDetailsProps) {
  const [rollingBack, setRollingBack] = useState(false);
  const partly = batch.state === "partly_undone";
  return (
    <Card
      title={t("imports.outcome")}
      aside={
        batch.undoable && (
          <Button icon={<Undo2 size={17} />} onPress={() => setRollingBack(true)}>
            {t(partly ? "rollBack.openAgain" : "rollBack.open")}
          </Button>
        )
      }
    >
      <Facts>
        <Fact label={t("imports.posted")}>{formatPoints(batch.posted)}</Fact>
        <Fact label={t("imports.replayed")}>{formatPoints(batch.replayed)}</Fact>
        <Fact label={t("imports.skipped")}>{formatPoints(batch.skipped)}</Fact>
        <Fact label={t("imports.enrolled")}>{formatCount(batch.playersEnrolled)}</Fact>
      </Facts>
      {batch.undoReason !== null && (
        <Notice
          tone={partly ? "warn" : "info"}
          title={t("rollBack.undone", { count: Number(batch.undone) })}
          live="status"
        >
          <NoticeText>{batch.undoReason}</NoticeText>
          {batch.playersLeft !== "0" && (
            <NoticeText>{t("rollBack.left", { count: Number(batch.playersLeft) })}</NoticeText>
          )}
        </Notice>
      )}
      {rollingBack && <RollBackDialog batch={batch} onClose={() => setRollingBack(false)} onBegun={onChanged} />}
    </Card>
  );
}

function Mismatches({ list }: { list: NonNullable<QuarantineQuery["importMismatches"]> }) {
  const rows = list.nodes.filter(isPresent);
  return (
    <>
      <SimpleTable
        label={t("mismatches.title")}
        rows={rows}
        keyOf={(row) => row.cardNo ?? ""}
        columns={[
          { name: t("mismatches.card"), of: (row) => <code>{row.cardNo}</code> },
          { name: t("mismatches.claimed"), right: true, of: (row) => formatExact(row.claimed ?? "0") },
          { name: t("mismatches.imported"), right: true, of: (row) => formatExact(row.imported ?? "0") },
          { name: t("mismatches.difference"), right: true, of: (row) => formatExact(row.difference ?? "0") },
        ]}
      />
      {list.totalCount > rows.length && (
        <p className={styles.more}>
          {t("first", { count: formatCount(rows.length), total: formatCount(list.totalCount) })}
        </p>
      )}
    </>
  );
}
