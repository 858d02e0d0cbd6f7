import { ArrowDown, ArrowUp, Banknote } from "lucide-react";
import type { ReactNode } from "react";
import { Cell, Column, Link, Row, Table, TableBody, TableHeader } from "react-aria-components";
import { CashBadge } from "../../components/badge.tsx";
import tableStyles from "../../components/data-table.module.css";
import { Empty } from "../../components/empty.tsx";
import { Pager } from "../../components/pager.tsx";
import type { ComplianceDayFragment, PatronDayRowFragment } from "../../generated/graphql.ts";
import { formatDate, formatMoney } from "../../lib/format.ts";
import { isPresent } from "../../lib/present.ts";
import { term } from "../../words/term.ts";
import { words } from "../../words/words.ts";
import { CaseState } from "../ctr-case/case-state.tsx";
import styles from "./compliance.module.css";
import { type Filters, PAGE, type Sort, type SortColumn, sortText } from "./filters.ts";
import { nameOf } from "./person.ts";

const t = words("compliance");

interface PatronDaysProps {
  filters: Filters;
  rows: ComplianceDayFragment["patronDays"];
  selected: string | undefined;
  onSelect: (patronId: string | undefined) => void;
  onChange: (change: { sort?: string; page?: string }) => void;
}

/** Who moved cash on the gaming day, with a sum and a badge for each direction. */
export function PatronDays({ filters, rows, selected, onSelect, onChange }: PatronDaysProps) {
  const total = rows?.totalCount ?? 0;
  if (total === 0) return <NoPatronDays narrowed={isNarrowed(filters)} />;
  const people = rows?.nodes.filter(isPresent) ?? [];
  return (
    <>
      <p className="visually-hidden" role="status">
        {t("days.count", { count: total })}
      </p>
      <div className={tableStyles.scroll}>
        <Table
          className={tableStyles.table ?? ""}
          aria-label={t("days.label")}
          selectionMode="single"
          selectedKeys={selected === undefined ? [] : [selected]}
          onSelectionChange={(keys) => {
            const [key] = keys === "all" ? [] : [...keys];
            onSelect(key === undefined ? undefined : String(key));
          }}
          {...(filters.sort && { sortDescriptor: filters.sort })}
          onSortChange={({ column, direction }) => {
            const sort: Sort = { column: column as SortColumn, direction };
            onChange({ sort: sortText(sort) });
          }}
        >
          <TableHeader>
            <Heading id="name" isRowHeader>
              {t("patron")}
            </Heading>
            <Heading id="in" right>
              {t("cashIn")}
            </Heading>
            <Heading id="out" right>
              {t("cashOut")}
            </Heading>
            <Column className={tableStyles.wide ?? ""}>{t("days.areas")}</Column>
            <Column className={tableStyles.medium ?? ""}>{t("days.ctr")}</Column>
          </TableHeader>
          <TableBody items={people} dependencies={[filters.direction]}>
            {(person) => (
              <Row id={person.patronId ?? ""} className={tableStyles.row ?? ""} textValue={nameOf(person)}>
                <Cell>
                  <Who person={person} />
                </Cell>
                <Cell className={tableStyles.right ?? ""}>
                  <Amount amount={person.cashIn} badge={person.badgeIn} />
                </Cell>
                <Cell className={tableStyles.right ?? ""}>
                  <Amount amount={person.cashOut} badge={person.badgeOut} />
                </Cell>
                <Cell className={tableStyles.wide ?? ""}>
                  <span className={styles.areas}>
                    {person.areas
                      ?.filter(isPresent)
                      .map((area) => term("area", area))
                      .join(", ")}
                  </span>
                </Cell>
                <Cell className={tableStyles.medium ?? ""}>
                  <Ctr person={person} />
                </Cell>
              </Row>
            )}
          </TableBody>
        </Table>
      </div>
      <Pager
        page={filters.page}
        size={PAGE}
        total={total}
        onPage={(page) => onChange({ page: page === 1 ? "" : String(page) })}
      />
    </>
  );
}

interface HeadingProps {
  id: SortColumn;
  isRowHeader?: boolean;
  right?: boolean;
  children: ReactNode;
}

function Heading({ id, isRowHeader = false, right = false, children }: HeadingProps) {
  return (
    <Column id={id} isRowHeader={isRowHeader} allowsSorting className={(right && tableStyles.right) || ""}>
      {({ sortDirection }) => (
        <span className={tableStyles.heading}>
          {children}
          {sortDirection === "ascending" && <ArrowUp size={13} aria-hidden="true" />}
          {sortDirection === "descending" && <ArrowDown size={13} aria-hidden="true" />}
        </span>
      )}
    </Column>
  );
}

function Who({ person }: { person: PatronDayRowFragment }) {
  return (
    <span className={styles.who}>
      <span className={styles.name}>{nameOf(person)}</span>
      <span className={`${styles.detail} numeric`}>
        {person.playerId === null ? t("notIdentified") : t("card", { card: person.cardNo ?? "" })}
      </span>
    </span>
  );
}

function Ctr({ person }: { person: PatronDayRowFragment }) {
  if (person.caseId === null || person.dueOn === null) return null;
  return (
    <span className={styles.who}>
      <Link className={styles.ctr ?? ""} href={`/compliance/cases/${person.caseId}`}>
        <CaseState state={person.caseState ?? ""} />
      </Link>
      <span className={`${styles.detail} numeric`}>
        {person.amendmentDue ? t("amendmentDue") : t("days.due", { day: formatDate(person.dueOn) })}
      </span>
    </span>
  );
}

function Amount({ amount, badge }: { amount: string | null; badge: string | null }) {
  const nothing = amount === null || Number.parseFloat(amount) === 0;
  return (
    <span className={`${styles.amount} numeric`} data-nothing={nothing}>
      <CashBadge badge={badge} />
      {nothing ? "–" : formatMoney(amount)}
    </span>
  );
}

function isNarrowed({ direction, patron, area }: Filters): boolean {
  return direction !== "both" || patron.trim() !== "" || area !== "anywhere";
}

function NoPatronDays({ narrowed }: { narrowed: boolean }) {
  return (
    <Empty icon={<Banknote size={22} />} title={narrowed ? t("days.narrowed") : t("days.none")}>
      {narrowed ? t("days.widen") : t("days.appear")}
    </Empty>
  );
}
