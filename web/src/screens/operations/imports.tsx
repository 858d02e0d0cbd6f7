import { FileInput } from "lucide-react";
import { useEffect } from "react";
import { useSearchParams } from "react-router";
import { useMe } from "../../api/session.tsx";
import { Badge, type Tone } from "../../components/badge.tsx";
import { CopyId } from "../../components/copy-id.tsx";
import { Empty } from "../../components/empty.tsx";
import { Card } from "../../components/page.tsx";
import { UsedUp } from "../../components/progress.tsx";
import { SimpleTable } from "../../components/table.tsx";
import { type ImportLineFragment, useImportsQuery } from "../../generated/graphql.ts";
import { formatDateTime, formatPoints } from "../../lib/format.ts";
import { words } from "../../words/words.ts";
import { isPresent } from "../pit-board/board.ts";
import { ImportDetails } from "./import-details.tsx";
import { ListState } from "./list-state.tsx";
import styles from "./operations.module.css";

const t = words("operations");

const states = ["staging", "posting", "finished", "undoing", "partly_undone", "undone"] as const;
type State = (typeof states)[number];

const tones: Record<State, Tone> = {
  staging: "accent",
  posting: "accent",
  finished: "good",
  undoing: "warn",
  partly_undone: "warn",
  undone: "neutral",
};

/** How often an import under way is looked at. */
const EVERY = 1_500;

export function Imports() {
  const me = useMe();
  const [search, setSearch] = useSearchParams();
  const [{ data, error }, refetch] = useImportsQuery({ requestPolicy: "cache-and-network" });
  const batches = data?.importBatches?.nodes.filter(isPresent) ?? [];
  const underWay = batches.some((batch) => isUnderWay(batch));
  useEffect(() => {
    if (!underWay) return;
    const timer = setInterval(() => refetch({ requestPolicy: "network-only" }), EVERY);
    return () => clearInterval(timer);
  }, [underWay, refetch]);
  const chosen = batches.find((batch) => batch.importBatchId === search.get("import")) ?? batches[0];
  return (
    <>
      <Card title={t("views.imports")} padded={false}>
        <ListState
          what={t("views.imports")}
          data={data?.importBatches}
          error={error}
          onRetry={() => refetch({ requestPolicy: "network-only" })}
          isEmpty={(list) => list.totalCount === 0}
          empty={
            <Empty icon={<FileInput size={22} />} title={t("imports.none")}>
              {t.rich("imports.noneWhy", { code: (words) => <code>{words}</code> })}
            </Empty>
          }
        >
          {() => (
            <SimpleTable
              label={t("views.imports")}
              rows={batches}
              keyOf={(batch) => batch.importBatchId}
              columns={[
                {
                  name: t("imports.begun"),
                  of: (batch) => (
                    <button
                      type="button"
                      className={styles.open}
                      aria-pressed={batch === chosen}
                      onClick={() => setSearch({ view: "imports", import: batch.importBatchId })}
                    >
                      {formatDateTime(batch.createdAt, me.timezone)}
                    </button>
                  ),
                },
                { name: t("imports.folder"), wide: true, of: (batch) => <code>{batch.folder}</code> },
                { name: t("imports.state"), of: (batch) => <ImportState state={stateOf(batch)} /> },
                { name: t("imports.progress"), of: (batch) => <Progress batch={batch} /> },
                { name: t("imports.posted"), right: true, of: (batch) => formatPoints(batch.posted) },
                { name: t("request"), right: true, wide: true, of: (batch) => <CopyId id={batch.correlationId} /> },
              ]}
            />
          )}
        </ListState>
      </Card>
      {chosen && (
        <ImportDetails
          key={chosen.importBatchId}
          batch={chosen}
          onChanged={() => refetch({ requestPolicy: "network-only" })}
        />
      )}
    </>
  );
}

function stateOf(batch: ImportLineFragment): State {
  return states.find((state) => state === batch.state) ?? "staging";
}

function isUnderWay(batch: ImportLineFragment): boolean {
  return ["staging", "posting", "undoing"].includes(batch.state);
}

export function ImportState({ state }: { state: State }) {
  return <Badge tone={tones[state]}>{t(`imports.states.${state}`)}</Badge>;
}

function Progress({ batch }: { batch: ImportLineFragment }) {
  return (
    <UsedUp
      label={t("imports.rows")}
      used={batch.postedThrough}
      of={batch.rowsToPost}
      words={t("imports.through", { done: formatPoints(batch.postedThrough), all: formatPoints(batch.rowsToPost) })}
    />
  );
}
