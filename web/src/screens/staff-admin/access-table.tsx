import { Link } from "react-router";
import { useMe } from "../../api/session.tsx";
import { Badge, type Tone } from "../../components/badge.tsx";
import { SimpleTable, type TableColumn } from "../../components/table.tsx";
import type { AccessLineFragment } from "../../generated/graphql.ts";
import { formatMoment } from "../../lib/format.ts";
import { term } from "../../words/term.ts";
import { words } from "../../words/words.ts";
import styles from "./staff-admin.module.css";

const t = words("staffAdmin");

const tones: Record<string, Tone> = { role: "neutral", added: "accent", withdrawn: "warn" };

export function SourceBadge({ source }: { source: string | null }) {
  return <Badge tone={tones[source ?? ""] ?? "neutral"}>{term("accessSource", source ?? "")}</Badge>;
}

interface AccessTableProps {
  label: string;
  lines: readonly AccessLineFragment[];
  /** Where all lines are about one capability, it isn't repeated. */
  ofOneCapability?: boolean;
}

/** Who may do what, where it comes from, and who answers for it. */
export function AccessTable({ label, lines, ofOneCapability = false }: AccessTableProps) {
  const me = useMe();
  const capability: TableColumn<AccessLineFragment> = {
    name: t("column.capability"),
    of: (line) => term("capability", line.capability ?? ""),
  };
  return (
    <SimpleTable<AccessLineFragment>
      label={label}
      rows={lines}
      keyOf={(line) => `${line.staffId} ${line.capability}`}
      columns={[
        {
          name: t("column.name"),
          of: (line) => (
            <Link className={styles.person} to={`/staff/${line.staffId}`}>
              <span>{line.displayName}</span>
              <span className={styles.quiet}>
                {term("role", line.role ?? "")}
                {!line.active && ` · ${t("state.inactive")}`}
              </span>
            </Link>
          ),
        },
        ...(ofOneCapability ? [] : [capability]),
        { name: t("column.source"), of: (line) => <SourceBadge source={line.source} /> },
        { name: t("column.reason"), wide: true, of: (line) => line.reason ?? "" },
        { name: t("column.givenBy"), wide: true, of: (line) => line.givenByName ?? t("setUp") },
        {
          name: t("column.since"),
          of: (line) => (line.since ? formatMoment(line.since, me.timezone) : ""),
        },
      ]}
    />
  );
}
