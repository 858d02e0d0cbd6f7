import { useMe } from "../../api/session.tsx";
import { Fact, Facts } from "../../components/facts.tsx";
import { SimpleTable } from "../../components/table.tsx";
import { Tier } from "../../components/tier.tsx";
import type { PlayerStatementQuery } from "../../generated/graphql.ts";
import { formatDateTime, formatDay, formatPoints, formatSignedPoints } from "../../lib/format.ts";
import { isPresent } from "../pit-board/board.ts";
import styles from "./statement.module.css";

type Statement = NonNullable<PlayerStatementQuery["playerStatement"]>;

/** What is on the paper. */
export function StatementSheet({ statement }: { statement: Statement }) {
  const me = useMe();
  const lines = statement.lines?.filter(isPresent) ?? [];
  const points = (text: string | null) => formatPoints(text ?? "0");
  return (
    <article className={styles.sheet} aria-label="Statement">
      <header className={styles.head}>
        <div>
          <p className={styles.casino}>{statement.casinoName}</p>
          <h2>Statement of points</h2>
          <p className={styles.small}>
            {formatDay(statement.firstDay ?? "")} to {formatDay(statement.lastDay ?? "")}
          </p>
        </div>
        <div className={styles.player}>
          <p className={styles.name}>{statement.playerName}</p>
          <p className={`${styles.small} numeric`}>Card {statement.cardNo}</p>
          {statement.tier && <Tier tier={statement.tier} />}
        </div>
      </header>
      <Facts>
        <Fact label="Opening balance">{points(statement.openingBalance)}</Fact>
        <Fact label="Earned">{points(statement.earned)}</Fact>
        <Fact label="Redeemed">{points(statement.redeemed)}</Fact>
        <Fact label="Expired">{points(statement.expired)}</Fact>
        <Fact label="Adjusted">{formatSignedPoints(statement.adjusted ?? "0")}</Fact>
        <Fact label="Closing balance">
          <strong>{points(statement.closingBalance)}</strong>
        </Fact>
      </Facts>
      {lines.length === 0 ? (
        <p className={styles.none}>There are no entries in this period.</p>
      ) : (
        <div className={styles.lines}>
          <SimpleTable
            label="Entries"
            rows={lines}
            keyOf={(line) => line.entryNo ?? ""}
            columns={[
              { name: "No.", of: (line) => line.entryNo },
              { name: "Date", of: (line) => line.occurredAt && formatDateTime(line.occurredAt, me.timezone) },
              { name: "What", of: (line) => line.description },
              { name: "Points", right: true, of: (line) => formatSignedPoints(line.pointsChange ?? "0") },
              { name: "Balance", right: true, of: (line) => points(line.balance) },
            ]}
          />
        </div>
      )}
      <p className={styles.small}>
        Made {statement.madeAt && formatDateTime(statement.madeAt, me.timezone)} by {me.displayName}.
      </p>
    </article>
  );
}
