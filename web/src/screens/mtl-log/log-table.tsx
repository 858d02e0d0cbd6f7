import { Cell, Column, Row, Table, TableBody, TableHeader } from "react-aria-components";
import { useMe } from "../../api/session.tsx";
import { Badge, CashBadge } from "../../components/badge.tsx";
import tableStyles from "../../components/data-table.module.css";
import type { LoggedEntryFragment } from "../../generated/graphql.ts";
import { formatMoney, formatTime, humanize } from "../../lib/format.ts";
import styles from "./log-table.module.css";
import { nameOf, placeOf, signedAmount } from "./words.ts";

interface LogTableProps {
  entries: readonly LoggedEntryFragment[];
  selected: string | undefined;
  onSelect: (entryId: string | undefined) => void;
}

export function LogTable({ entries, selected, onSelect }: LogTableProps) {
  const me = useMe();
  // Who may not review gets no totals, so there is no column for them.
  const totals = me.can("mtl:review");
  return (
    <div className={tableStyles.scroll}>
      <Table
        className={tableStyles.table ?? ""}
        aria-label="Cash log"
        selectionMode="single"
        selectedKeys={selected === undefined ? [] : [selected]}
        onSelectionChange={(keys) => {
          const [key] = keys === "all" ? [] : [...keys];
          onSelect(key === undefined ? undefined : String(key));
        }}
      >
        <TableHeader>
          <Column>Time</Column>
          <Column isRowHeader>Patron</Column>
          <Column className={tableStyles.medium ?? ""}>What</Column>
          <Column className={tableStyles.right ?? ""}>Amount</Column>
          {totals && <Column className={`${tableStyles.right} ${tableStyles.medium}`}>Total after</Column>}
          <Column className={styles.roomy ?? ""}>By</Column>
        </TableHeader>
        <TableBody items={entries.map((entry) => ({ ...entry, id: entry.entryId ?? "" }))} dependencies={[totals]}>
          {(entry) => (
            <Row className={tableStyles.row ?? ""} textValue={nameOf(entry)}>
              <Cell>
                <time className={`${styles.time} numeric`} dateTime={entry.occurredAt ?? ""}>
                  {formatTime(entry.occurredAt ?? "", me.timezone)}
                </time>
              </Cell>
              <Cell>
                <span className={styles.name}>{nameOf(entry)}</span>
                {entry.cardNo && (
                  <span className={`${styles.detail} ${styles.card} nowrap numeric`}>Card {entry.cardNo}</span>
                )}
              </Cell>
              <Cell className={tableStyles.medium ?? ""}>
                <span className={styles.kind}>
                  {entry.kindLabel}
                  {entry.entryRole !== "original" && <Badge>{humanize(entry.entryRole ?? "")}</Badge>}
                  {entry.entryRole !== "offset" && !entry.isLive && <Badge>Corrected</Badge>}
                  {entry.tender !== "currency" && <Badge>{humanize(entry.tender ?? "")}</Badge>}
                </span>
                <span className={styles.detail}>{placeOf(entry)}</span>
              </Cell>
              <Cell className={tableStyles.right ?? ""}>
                <span className={`${styles.amount} numeric`} data-live={entry.isLive}>
                  {signedAmount(entry)} {entry.direction}
                </span>
                <CashBadge badge={entry.badge} />
              </Cell>
              {totals && (
                <Cell className={`${tableStyles.right} ${tableStyles.medium}`}>
                  <span className={`${styles.total} numeric`}>{totalAfter(entry)}</span>
                </Cell>
              )}
              <Cell className={styles.roomy ?? ""}>
                <span className={styles.detail}>{entry.staffName}</span>
              </Cell>
            </Row>
          )}
        </TableBody>
      </Table>
    </div>
  );
}

function totalAfter({ direction, cashInAfter, cashOutAfter }: LoggedEntryFragment): string {
  const after = direction === "in" ? cashInAfter : cashOutAfter;
  return after === null ? "–" : formatMoney(after);
}
