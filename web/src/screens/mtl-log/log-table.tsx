import { Cell, Column, Row, Table, TableBody, TableHeader } from "react-aria-components";
import { useMe } from "../../api/session.tsx";
import { Badge, CashBadge } from "../../components/badge.tsx";
import tableStyles from "../../components/data-table.module.css";
import type { LoggedEntryFragment } from "../../generated/graphql.ts";
import { cx } from "../../lib/cx.ts";
import { formatMoney, formatTime } from "../../lib/format.ts";
import { term } from "../../words/term.ts";
import { words } from "../../words/words.ts";
import styles from "./log-table.module.css";
import { amountOf, nameOf, placeOf } from "./words.ts";

const t = words("mtlLog");

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
        aria-label={t("title")}
        selectionMode="single"
        selectedKeys={selected === undefined ? [] : [selected]}
        onSelectionChange={(keys) => {
          const [key] = keys === "all" ? [] : [...keys];
          onSelect(key === undefined ? undefined : String(key));
        }}
      >
        <TableHeader>
          <Column className={styles.when ?? ""}>{t("columns.time")}</Column>
          <Column isRowHeader className={styles.who ?? ""}>
            {t("columns.patron")}
          </Column>
          <Column className={tableStyles.medium ?? ""}>{t("columns.what")}</Column>
          <Column className={tableStyles.right ?? ""}>{t("columns.amount")}</Column>
          {totals && <Column className={`${tableStyles.right} ${tableStyles.medium}`}>{t("columns.total")}</Column>}
          <Column className={styles.roomy ?? ""}>{t("columns.by")}</Column>
        </TableHeader>
        <TableBody items={entries.map((entry) => ({ ...entry, id: entry.entryId ?? "" }))} dependencies={[totals]}>
          {(entry) => (
            <Row className={tableStyles.row ?? ""} textValue={nameOf(entry)}>
              <Cell className={styles.when ?? ""}>
                <time className="nowrap numeric" dateTime={entry.occurredAt ?? ""}>
                  {formatTime(entry.occurredAt ?? "", me.timezone)}
                </time>
              </Cell>
              <Cell className={styles.who ?? ""}>
                <span className={styles.name}>{nameOf(entry)}</span>
                <time className={cx(styles.detail, styles.whenHere, "numeric")} dateTime={entry.occurredAt ?? ""}>
                  {formatTime(entry.occurredAt ?? "", me.timezone)}
                </time>
                {entry.cardNo && (
                  <span className={cx(styles.detail, styles.card, "nowrap", "numeric")}>
                    {t("card", { card: entry.cardNo })}
                  </span>
                )}
              </Cell>
              <Cell className={tableStyles.medium ?? ""}>
                <span className={styles.kind}>
                  {term("cashKind", entry.kind ?? "")}
                  {entry.entryRole !== "original" && <Badge>{term("entryRole", entry.entryRole ?? "")}</Badge>}
                  {entry.entryRole !== "offset" && !entry.isLive && <Badge>{t("corrected")}</Badge>}
                  {entry.tender !== "currency" && <Badge>{term("tender", entry.tender ?? "")}</Badge>}
                </span>
                <span className={styles.detail}>{placeOf(entry)}</span>
              </Cell>
              <Cell className={tableStyles.right ?? ""}>
                <span className={`${styles.amount} numeric`} data-live={entry.isLive}>
                  {amountOf(entry)}
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
