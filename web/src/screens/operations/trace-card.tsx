import { Waypoints } from "lucide-react";
import { Link } from "react-router";
import { useMe } from "../../api/session.tsx";
import { Empty } from "../../components/empty.tsx";
import { Card } from "../../components/page.tsx";
import { SimpleTable } from "../../components/table.tsx";
import { useTraceQuery } from "../../generated/graphql.ts";
import { formatMoment } from "../../lib/format.ts";
import { words } from "../../words/words.ts";
import { isPresent } from "../pit-board/board.ts";
import { useStaffNames } from "../staff/use-staff-names.ts";
import { ListState } from "./list-state.tsx";
import styles from "./operations.module.css";

const t = words("operations");

/** Everything that one request wrote, in order of time. */
export function TraceCard({ correlationId }: { correlationId: string }) {
  const me = useMe();
  const nameOf = useStaffNames();
  const [{ data, error }, refetch] = useTraceQuery({
    variables: { correlationId },
    requestPolicy: "cache-and-network",
  });
  return (
    <Card title={t("trace.title")} padded={false} aside={<code className={styles.code}>{correlationId}</code>}>
      <ListState
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
        {(list) => (
          <SimpleTable
            label={t("trace.title")}
            rows={list.nodes.filter(isPresent)}
            keyOf={(line) => `${line.at}:${line.kind}:${JSON.stringify(line.ids)}`}
            columns={[
              { name: t("audit.at"), of: (line) => line.at && formatMoment(line.at, me.timezone) },
              { name: t("trace.kind"), of: (line) => <span lang="en">{line.kind}</span> },
              { name: t("audit.what"), of: (line) => <span lang="en">{line.what}</span> },
              { name: t("audit.who"), wide: true, of: (line) => nameOf(line.staffId) },
              {
                name: t("audit.about"),
                wide: true,
                of: (line) => line.playerId && <Link to={`/players/${line.playerId}`}>{t("drift.player")}</Link>,
              },
            ]}
          />
        )}
      </ListState>
    </Card>
  );
}
