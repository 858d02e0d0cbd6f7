import { Link } from "react-router";
import { useMe } from "../../api/session.tsx";
import { Fact, Facts } from "../../components/facts.tsx";
import { Card } from "../../components/page.tsx";
import { SlipTime } from "../../components/slip-time.tsx";
import type { PlayerOverviewFragment, SlipDetailsFragment } from "../../generated/graphql.ts";
import { formatBet, formatDateTime } from "../../lib/format.ts";
import { words } from "../../words/words.ts";
import styles from "./current-play.module.css";

const t = words("player");

interface CurrentPlayProps {
  slip: SlipDetailsFragment | undefined;
  visit: NonNullable<PlayerOverviewFragment["visits"]["nodes"][number]> | undefined;
}

export function CurrentPlay({ slip, visit }: CurrentPlayProps) {
  const me = useMe();
  return (
    <Card title={t("floor.title")} label={t("floor.title")}>
      {!visit && <p className={styles.none}>{t("floor.noVisit")}</p>}
      {slip && (
        <Link className={styles.slip ?? ""} to={`/board/slips/${slip.ratingSlipId}`} data-state={slip.state}>
          <span className={styles.place}>
            {t("floor.place", { table: slip.table?.label ?? t("floor.table"), seat: String(slip.seatNo) })}
          </span>
          <span className={styles.state}>
            {t(slip.state === "paused" ? "floor.paused" : "floor.running")} · <SlipTime slip={slip} /> ·{" "}
            <span className="numeric">{formatBet(slip.currentBet)}</span>
          </span>
        </Link>
      )}
      {visit && (
        <Facts>
          <Fact label={t("floor.since")}>{formatDateTime(visit.openedAt, me.timezone)}</Fact>
          {!slip && <Fact label={t("floor.seat")}>{t("floor.notSeated")}</Fact>}
        </Facts>
      )}
    </Card>
  );
}
