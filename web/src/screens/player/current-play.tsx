import { Link } from "react-router";
import { useMe } from "../../api/session.tsx";
import { Fact, Facts } from "../../components/facts.tsx";
import { Card } from "../../components/page.tsx";
import { SlipTime } from "../../components/slip-time.tsx";
import type { PlayerOverviewFragment, SlipDetailsFragment } from "../../generated/graphql.ts";
import { formatBet, formatDateTime } from "../../lib/format.ts";
import styles from "./current-play.module.css";

interface CurrentPlayProps {
  slip: SlipDetailsFragment | undefined;
  visit: NonNullable<PlayerOverviewFragment["visits"]["nodes"][number]> | undefined;
}

export function CurrentPlay({ slip, visit }: CurrentPlayProps) {
  const me = useMe();
  return (
    <Card title="On the floor" label="On the floor">
      {!visit && <p className={styles.none}>No open visit.</p>}
      {slip && (
        <Link className={styles.slip ?? ""} to={`/board/slips/${slip.ratingSlipId}`} data-state={slip.state}>
          <span className={styles.place}>
            {slip.table?.label ?? "Table"} · seat {slip.seatNo}
          </span>
          <span className={styles.state}>
            {slip.state === "paused" ? "Paused" : "Running"} · <SlipTime slip={slip} /> ·{" "}
            <span className="numeric">{formatBet(slip.currentBet)}</span>
          </span>
        </Link>
      )}
      {visit && (
        <Facts>
          <Fact label="Visit since">{formatDateTime(visit.openedAt, me.timezone)}</Fact>
          {!slip && <Fact label="Seat">Not seated</Fact>}
        </Facts>
      )}
    </Card>
  );
}
