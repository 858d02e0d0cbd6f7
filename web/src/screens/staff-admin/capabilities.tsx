import { useMe } from "../../api/session.tsx";
import { Button } from "../../components/button.tsx";
import { Card } from "../../components/page.tsx";
import { SimpleTable, type TableColumn } from "../../components/table.tsx";
import type { AccessLineFragment } from "../../generated/graphql.ts";
import { formatMoment } from "../../lib/format.ts";
import { term } from "../../words/term.ts";
import { words } from "../../words/words.ts";
import { SourceBadge } from "./access-table.tsx";
import styles from "./staff-admin.module.css";
import { useAssignable } from "./use-assignable.ts";

const t = words("staffAdmin");

interface Row {
  capability: string;
  line: AccessLineFragment | undefined;
}

interface CapabilitiesProps {
  lines: readonly AccessLineFragment[];
  changeable: boolean;
  onOpen: (dialog: "add" | "withdraw", capability: string) => void;
}

/** All that there is to do, what of it this person may do, and why. */
export function Capabilities({ lines, changeable, onOpen }: CapabilitiesProps) {
  const me = useMe();
  const { capabilities } = useAssignable();
  const rows: Row[] = capabilities.map((capability) => ({
    capability,
    line: lines.find((line) => line.capability === capability),
  }));
  const change: TableColumn<Row> = {
    name: t("column.change"),
    of: ({ capability, line }) => {
      const add = !line?.held;
      const name = term("capability", capability);
      return (
        <Button
          look="quiet"
          aria-label={add ? t("capability.addTitle", { name }) : t("capability.withdrawTitle", { name })}
          onPress={() => onOpen(add ? "add" : "withdraw", capability)}
        >
          {add ? t("capability.add") : t("capability.withdraw")}
        </Button>
      );
    },
  };
  return (
    <Card title={t("capability.all")} padded={false}>
      <SimpleTable<Row>
        label={t("capability.all")}
        rows={rows}
        keyOf={(row) => row.capability}
        columns={[
          {
            name: t("column.capability"),
            of: ({ capability, line }) => (
              <span className={line?.held ? undefined : styles.quiet}>{term("capability", capability)}</span>
            ),
          },
          { name: t("column.source"), of: ({ line }) => (line ? <SourceBadge source={line.source} /> : "–") },
          { name: t("column.reason"), wide: true, of: ({ line }) => line?.reason ?? "" },
          {
            name: t("column.givenBy"),
            wide: true,
            of: ({ line }) => (line ? (line.givenByName ?? t("setUp")) : ""),
          },
          {
            name: t("column.since"),
            wide: true,
            of: ({ line }) => (line?.since ? formatMoment(line.since, me.timezone) : ""),
          },
          ...(changeable ? [change] : []),
        ]}
      />
    </Card>
  );
}
