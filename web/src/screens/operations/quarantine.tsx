import { CheckCheck, RotateCcw } from "lucide-react";
import { useRef, useState } from "react";
import type { CombinedError } from "urql";
import { useCommand } from "../../api/command.ts";
import { Button } from "../../components/button.tsx";
import { CommandProblem } from "../../components/command-problem.tsx";
import { Empty } from "../../components/empty.tsx";
import { Notice } from "../../components/notice.tsx";
import { Card } from "../../components/page.tsx";
import { Pager } from "../../components/pager.tsx";
import { QueryState } from "../../components/query-state.tsx";
import { SimpleTable } from "../../components/table.tsx";
import {
  type ImportLineFragment,
  type QuarantineLineFragment,
  type QuarantineQuery,
  useRetryImportMutation,
} from "../../generated/graphql.ts";
import { cx } from "../../lib/cx.ts";
import { formatCount } from "../../lib/format.ts";
import { isPresent } from "../../lib/present.ts";
import { term } from "../../words/term.ts";
import { words } from "../../words/words.ts";
import { CorrectRowDialog } from "./correct-row-dialog.tsx";
import styles from "./operations.module.css";

const t = words("operations");

export const PAGE = 25;

interface QuarantineProps {
  batch: ImportLineFragment;
  rows: QuarantineQuery["quarantinedRows"] | undefined;
  error: CombinedError | undefined;
  page: number;
  onPage: (page: number) => void;
  onAgain: () => void;
  onChanged: () => void;
}

/** Rows that couldn't be posted, until somebody corrects them or what they lacked is there. */
export function Quarantine({ batch, rows, error, page, onPage, onAgain, onChanged }: QuarantineProps) {
  const [correcting, setCorrecting] = useState<QuarantineLineFragment>();
  const [posted, setPosted] = useState<string>();
  const said = useRef<HTMLDivElement>(null);
  const [, execute] = useRetryImportMutation();
  const retry = useCommand(execute, (answer) => answer.retryImport?.importBatch);
  const send = async () => {
    setPosted(undefined);
    if (await retry.send({ importBatchId: batch.importBatchId })) onChanged();
  };
  return (
    <Card
      title={t("quarantine.title")}
      padded={false}
      aside={
        batch.retryable &&
        rows &&
        rows.totalCount > 0 && (
          <Button icon={<RotateCcw size={17} />} isPending={retry.busy} onPress={() => void send()}>
            {t("quarantine.retryAll")}
          </Button>
        )
      }
    >
      <div className={styles.said} role="status" ref={said} tabIndex={-1}>
        {posted !== undefined && <Notice tone="good" title={t("quarantine.posted", { id: posted })} />}
        {posted === undefined && retry.state === "done" && rows && (
          <Notice tone="info" title={t("quarantine.retried", { count: rows.totalCount })} />
        )}
      </div>
      <div className={styles.said}>
        <CommandProblem status={retry} onRetry={() => void send()} />
      </div>
      <QueryState
        inset
        what={t("quarantine.title")}
        data={rows}
        error={error}
        onRetry={onAgain}
        isEmpty={(list) => list.totalCount === 0}
        empty={<Empty icon={<CheckCheck size={22} />} title={t("quarantine.none")} />}
      >
        {(list) => (
          <>
            <Rows rows={list.nodes.filter(isPresent)} onCorrect={batch.retryable ? setCorrecting : undefined} />
            <Pager page={page} size={PAGE} total={list.totalCount} onPage={onPage} />
          </>
        )}
      </QueryState>
      {correcting && (
        <CorrectRowDialog
          row={correcting}
          onClose={() => setCorrecting(undefined)}
          onTried={onChanged}
          onPosted={() => {
            setPosted(correcting.legacyId ?? "");
            setCorrecting(undefined);
            // The row leaves the list, and its button with it.
            requestAnimationFrame(() => said.current?.focus());
          }}
        />
      )}
    </Card>
  );
}

interface RowsProps {
  rows: readonly QuarantineLineFragment[];
  onCorrect: ((row: QuarantineLineFragment) => void) | undefined;
}

function Rows({ rows, onCorrect }: RowsProps) {
  return (
    <SimpleTable
      label={t("quarantine.title")}
      rows={rows}
      keyOf={(row) => row.importQuarantineId ?? ""}
      columns={[
        { name: t("quarantine.id"), of: (row) => <code className={cx(styles.code, styles.name)}>{row.legacyId}</code> },
        { name: t("quarantine.reason"), of: (row) => <Reason reason={row.reason} /> },
        {
          name: t("quarantine.row"),
          wide: true,
          of: (row) => t("quarantine.where", { file: row.file ?? "", row: formatCount(row.rowNo ?? 0) }),
        },
        { name: t("quarantine.raw"), wide: true, of: (row) => <code className={styles.code}>{row.raw}</code> },
        {
          name: t("quarantine.action"),
          right: true,
          of: (row) =>
            onCorrect && (
              <Button
                aria-label={t("quarantine.correctRow", { id: row.legacyId ?? "" })}
                onPress={() => onCorrect(row)}
              >
                {t("quarantine.correct")}
              </Button>
            ),
        },
      ]}
    />
  );
}

function Reason({ reason }: { reason: string | null }) {
  return (
    <span className={styles.who}>
      <span>{term("quarantineReason", reason ?? "")}</span>
      <code className={cx(styles.code, styles.small)}>{reason}</code>
    </span>
  );
}
