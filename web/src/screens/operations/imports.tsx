import { FileInput } from "lucide-react";
import { useState } from "react";
import { useSearchParams } from "react-router";
import { useMe } from "../../api/session.tsx";
import { Badge, type Tone } from "../../components/badge.tsx";
import { Empty } from "../../components/empty.tsx";
import { Card } from "../../components/page.tsx";
import { Pager } from "../../components/pager.tsx";
import { UsedUp } from "../../components/progress.tsx";
import { QueryState } from "../../components/query-state.tsx";
import { SimpleTable } from "../../components/table.tsx";
import { type ImportLineFragment, useImportsQuery } from "../../generated/graphql.ts";
import { formatDateTime, formatPoints } from "../../lib/format.ts";
import { useEveryWhileInUse } from "../../lib/in-use.ts";
import { isPresent } from "../../lib/present.ts";
import { words } from "../../words/words.ts";
import { ImportDetails } from "./import-details.tsx";
import styles from "./operations.module.css";
import { RequestLink } from "./request-link.tsx";

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

/** How often an import under way is looked at, and how often whether one has begun. */
const OFTEN = 1_500;
const EVERY = 10_000;

const PAGE = 10;

/** The imports, newest first, and what the chosen one came to. */
export function Imports() {
  const me = useMe();
  const [search, setSearch] = useSearchParams();
  const [page, setPage] = useState(1);
  const [{ data, error }, refetch] = useImportsQuery({
    variables: { offset: (page - 1) * PAGE },
    requestPolicy: "cache-and-network",
  });
  const batches = data?.importBatches?.nodes.filter(isPresent) ?? [];
  const underWay = batches.some((batch) => isUnderWay(batch));
  useEveryWhileInUse(() => refetch({ requestPolicy: "network-only" }), underWay ? OFTEN : EVERY);
  const chosen = batches.find((batch) => batch.importBatchId === search.get("import")) ?? batches[0];
  return (
    <>
      <Card title={t("views.imports")} padded={false}>
        <QueryState
          inset
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
          {(list) => (
            <>
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
                  {
                    name: t("imports.folder"),
                    wide: true,
                    of: (batch) => <code className={styles.code}>{batch.folder}</code>,
                  },
                  { name: t("imports.state"), of: (batch) => <ImportState state={stateOf(batch)} /> },
                  { name: t("imports.progress"), of: (batch) => <Progress batch={batch} /> },
                  { name: t("imports.posted"), right: true, of: (batch) => formatPoints(batch.posted) },
                  {
                    name: t("request"),
                    right: true,
                    wide: true,
                    of: (batch) => <RequestLink id={batch.correlationId} />,
                  },
                ]}
              />
              <Pager page={page} size={PAGE} total={list.totalCount} onPage={setPage} />
            </>
          )}
        </QueryState>
      </Card>
      {chosen && (
        <ImportDetails
          key={`${chosen.importBatchId}:${chosen.state}`}
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

function ImportState({ state }: { state: State }) {
  return <Badge tone={tones[state]}>{t(`imports.states.${state}`)}</Badge>;
}

/** How many rows are posted; of one that is taken back, how many entries are reversed. */
function Progress({ batch }: { batch: ImportLineFragment }) {
  const state = stateOf(batch);
  if (state === "staging") return null;
  const undoing = state === "undoing" || state === "partly_undone" || state === "undone";
  const [done, all] = undoing ? [batch.undone, batch.posted] : [batch.postedThrough, batch.rowsToPost];
  return (
    <span className={styles.progress}>
      <UsedUp
        label={t(undoing ? "imports.entries" : "imports.rows")}
        used={done}
        of={all}
        words={t("imports.through", { done: formatPoints(done), all: formatPoints(all) })}
      />
    </span>
  );
}
