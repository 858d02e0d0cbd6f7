import { FileSpreadsheet, Printer, UserX } from "lucide-react";
import { Link, useParams, useSearchParams } from "react-router";
import { useMe } from "../../api/session.tsx";
import { Button } from "../../components/button.tsx";
import { DayPicker } from "../../components/day-field.tsx";
import { Empty } from "../../components/empty.tsx";
import { QueryProblem } from "../../components/notice.tsx";
import { Page } from "../../components/page.tsx";
import { Loading, Skeleton } from "../../components/skeleton.tsx";
import { usePlayerStatementQuery } from "../../generated/graphql.ts";
import { addDays, isDay } from "../../lib/days.ts";
import { isUuid } from "../../lib/uuid.ts";
import { words } from "../../words/words.ts";
import { saveStatement } from "./csv.ts";
import styles from "./statement.module.css";
import { StatementSheet } from "./statement-sheet.tsx";

const t = words("statement");

/** A player's statement for a period: on screen, on paper, and as CSV. */
export function StatementPage() {
  const { playerId = "" } = useParams();
  return <StatementOf key={playerId} playerId={playerId} />;
}

function StatementOf({ playerId }: { playerId: string }) {
  const me = useMe();
  const [search, setSearch] = useSearchParams();
  const isPlayerId = isUuid(playerId);
  const firstDay = dayIn(search, "from") ?? addDays(me.gamingDay, -29);
  const lastDay = dayIn(search, "to") ?? me.gamingDay;
  const [{ data, error, fetching }, refetch] = usePlayerStatementQuery({
    variables: { playerId, firstDay, lastDay },
    pause: !isPlayerId,
    requestPolicy: "cache-and-network",
  });
  // While another period's is awaited, the one before is still there: its lines aren't this period's.
  const answer = data?.playerStatement;
  const statement = answer?.firstDay === firstDay && answer.lastDay === lastDay ? answer : undefined;
  const unknown = !isPlayerId || error?.graphQLErrors[0]?.extensions.code === "PLAYER_NOT_FOUND";
  const change = (name: string, day: string) =>
    setSearch(
      (before) => {
        before.set(name, day);
        return before;
      },
      { replace: true },
    );

  return (
    <Page
      title={t("title")}
      narrow
      isSheet
      beside={
        <div className={styles.period}>
          <DayPicker label={t("firstDay")} value={firstDay} last={lastDay} onChange={(day) => change("from", day)} />
          <span aria-hidden="true">–</span>
          <DayPicker label={t("lastDay")} value={lastDay} last={me.gamingDay} onChange={(day) => change("to", day)} />
        </div>
      }
      aside={
        statement && (
          <div className={styles.actions}>
            <Button icon={<FileSpreadsheet size={17} />} onPress={() => saveStatement(statement, me.timezone)}>
              {t("csv")}
            </Button>
            <Button look="primary" icon={<Printer size={17} />} onPress={() => window.print()}>
              {t("print")}
            </Button>
          </div>
        )
      }
    >
      {error && !unknown && <QueryProblem error={error} onRetry={() => refetch({ requestPolicy: "network-only" })} />}
      {unknown && (
        <Empty
          icon={<UserX size={22} />}
          title={t("nobody.title")}
          actions={<Link to="/players">{t("nobody.find")}</Link>}
        >
          {t("nobody.text")}
        </Empty>
      )}
      {!statement && !error && fetching && (
        <Loading what={t("loading")}>
          <Skeleton height="36rem" />
        </Loading>
      )}
      {statement && !error && <StatementSheet statement={statement} />}
    </Page>
  );
}

function dayIn(search: URLSearchParams, name: string): string | undefined {
  const day = search.get(name);
  return isDay(day) ? day : undefined;
}
