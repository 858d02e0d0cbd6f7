import { useMe } from "../../api/session.tsx";
import { Fact, Facts } from "../../components/facts.tsx";
import { SimpleTable } from "../../components/table.tsx";
import { Tier } from "../../components/tier.tsx";
import type { PlayerStatementQuery } from "../../generated/graphql.ts";
import { formatDateTime, formatDay, formatPoints, formatSignedPoints } from "../../lib/format.ts";
import { isPresent } from "../../lib/present.ts";
import { told } from "../../words/refusal.ts";
import { words } from "../../words/words.ts";
import styles from "./statement.module.css";

const t = words("statement");

type Statement = NonNullable<PlayerStatementQuery["playerStatement"]>;

/** What is on the paper. */
export function StatementSheet({ statement }: { statement: Statement }) {
  const me = useMe();
  const lines = statement.lines?.filter(isPresent) ?? [];
  const points = (text: string | null) => formatPoints(text ?? "0");
  return (
    <article className={styles.sheet} aria-label={t("title")}>
      <header className={styles.head}>
        <div>
          <p className={styles.casino}>{statement.casinoName}</p>
          <h2>{t("heading")}</h2>
          <p className={styles.small}>
            {t("period", { from: formatDay(statement.firstDay ?? ""), to: formatDay(statement.lastDay ?? "") })}
          </p>
        </div>
        <div className={styles.player}>
          <p className={styles.name}>{statement.playerName}</p>
          <p className={`${styles.small} numeric`}>{t("card", { number: statement.cardNo ?? "" })}</p>
          {statement.tier && <Tier tier={statement.tier} />}
        </div>
      </header>
      <Facts>
        <Fact label={t("opening")}>{points(statement.openingBalance)}</Fact>
        <Fact label={t("earned")}>{points(statement.earned)}</Fact>
        <Fact label={t("redeemed")}>{points(statement.redeemed)}</Fact>
        <Fact label={t("expired")}>{points(statement.expired)}</Fact>
        <Fact label={t("adjusted")}>{formatSignedPoints(statement.adjusted ?? "0")}</Fact>
        <Fact label={t("closing")}>
          <strong>{points(statement.closingBalance)}</strong>
        </Fact>
      </Facts>
      {lines.length === 0 ? (
        <p className={styles.none}>{t("none")}</p>
      ) : (
        <div className={styles.lines}>
          <SimpleTable
            label={t("entries")}
            rows={lines}
            keyOf={(line) => line.entryNo ?? ""}
            columns={[
              { name: t("columns.no"), of: (line) => line.entryNo },
              {
                name: t("columns.date"),
                of: (line) => line.occurredAt && formatDateTime(line.occurredAt, me.timezone),
              },
              { name: t("columns.what"), of: (line) => told(line.description ?? "") },
              { name: t("columns.points"), right: true, of: (line) => formatSignedPoints(line.pointsChange ?? "0") },
              { name: t("columns.balance"), right: true, of: (line) => points(line.balance) },
            ]}
          />
        </div>
      )}
      <p className={styles.small}>
        {t("made", {
          when: statement.madeAt ? formatDateTime(statement.madeAt, me.timezone) : "",
          who: me.displayName,
        })}
      </p>
    </article>
  );
}
