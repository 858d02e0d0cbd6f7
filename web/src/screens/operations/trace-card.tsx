import { Waypoints } from "lucide-react";
import { Link } from "react-router";
import { CopyId } from "../../components/copy-id.tsx";
import { Empty } from "../../components/empty.tsx";
import { Card } from "../../components/page.tsx";
import { QueryState } from "../../components/query-state.tsx";
import { SimpleTable } from "../../components/table.tsx";
import { type TraceQuery, useTraceQuery } from "../../generated/graphql.ts";
import { formatCount } from "../../lib/format.ts";
import { isPresent } from "../../lib/present.ts";
import { term } from "../../words/term.ts";
import { words } from "../../words/words.ts";
import { usePlayerNames } from "../players/use-player-names.ts";
import { useStaffNames } from "../staff/use-staff-names.ts";
import styles from "./operations.module.css";
import { spoken, spokenId } from "./spoken.ts";
import { When } from "./when.tsx";

const t = words("operations");

/** Everything that one request wrote, in order of time. */
export function TraceCard({ correlationId }: { correlationId: string }) {
  const [{ data, error }, refetch] = useTraceQuery({
    variables: { correlationId },
    requestPolicy: "cache-and-network",
  });
  return (
    <Card
      title={t("trace.title")}
      padded={false}
      aside={
        <span className={styles.id}>
          <code className={styles.code}>{correlationId}</code>
          <CopyId id={correlationId} />
        </span>
      }
    >
      <QueryState
        inset
        what={t("trace.title")}
        data={data?.trace}
        error={error}
        onRetry={() => refetch({ requestPolicy: "network-only" })}
        isEmpty={(list) => list.nodes.length === 0}
        empty={
          <Empty icon={<Waypoints size={22} />} title={t("trace.none")}>
            {t("trace.noneWhy")}
          </Empty>
        }
      >
        {(list) => <TraceLines lines={list.nodes.filter(isPresent)} total={list.totalCount} />}
      </QueryState>
    </Card>
  );
}

type Line = NonNullable<NonNullable<TraceQuery["trace"]>["nodes"][number]>;

function TraceLines({ lines, total }: { lines: readonly Line[]; total: number }) {
  const nameOf = useStaffNames();
  const playerNameOf = usePlayerNames(lines.map((line) => line.playerId));
  return (
    <>
      <SimpleTable
        label={t("trace.title")}
        rows={lines}
        keyOf={(line) => `${line.at}:${line.kind}:${line.what}:${JSON.stringify(line.ids)}`}
        columns={[
          { name: t("audit.at"), of: (line) => <When at={line.at} /> },
          { name: t("trace.kind"), of: (line) => term("traceKind", line.kind ?? "") },
          { name: t("audit.what"), of: (line) => <What line={line} /> },
          { name: t("audit.who"), wide: true, of: (line) => nameOf(line.staffId) },
          {
            name: t("audit.about"),
            of: (line) =>
              line.playerId && (
                <Link className={styles.link ?? ""} to={`/players/${line.playerId}`}>
                  {playerNameOf(line.playerId) ?? t("drift.player")}
                </Link>
              ),
          },
          { name: t("trace.ids"), wide: true, of: (line) => <Ids ids={line.ids} /> },
        ]}
      />
      {total > lines.length && (
        <p className={styles.more}>{t("first", { count: formatCount(lines.length), total: formatCount(total) })}</p>
      )}
    </>
  );
}

function What({ line: { kind, what } }: { line: Line }) {
  const said = spoken(kind ?? "", what ?? "");
  return <bdi lang={said === what ? "en" : undefined}>{said}</bdi>;
}

/** Where in the books the line is. */
function Ids({ ids }: { ids: unknown }) {
  if (typeof ids !== "object" || ids === null) return null;
  return (
    <span className={styles.who}>
      {Object.entries(ids).map(([name, value]) => (
        <span key={name} className={styles.small}>
          {spokenId(name)} <code>{String(value)}</code>
        </span>
      ))}
    </span>
  );
}
