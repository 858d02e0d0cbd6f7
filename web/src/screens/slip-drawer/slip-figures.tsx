import { useMe } from "../../api/session.tsx";
import { Fact, Facts } from "../../components/facts.tsx";
import { SlipTime } from "../../components/slip-time.tsx";
import type { SlipDetailsFragment } from "../../generated/graphql.ts";
import { formatBet, formatDuration, formatMoney, formatTime } from "../../lib/format.ts";
import styles from "./slip-figures.module.css";

interface SlipFiguresProps {
  slip: SlipDetailsFragment;
  /** Known once the slip is completed. */
  theoreticalWin?: string | null;
}

export function SlipFigures({ slip, theoreticalWin = null }: SlipFiguresProps) {
  const me = useMe();
  const closed = slip.state === "closed";
  return (
    <Facts large>
      <Fact label={closed ? "Time played" : slip.state === "paused" ? "Paused at" : "Time in"}>
        <span className={styles.time} data-state={slip.state}>
          {closed ? formatDuration(slip.accumulatedSeconds ?? 0) : <SlipTime slip={slip} />}
        </span>
      </Fact>
      <Fact label={closed ? "Average bet" : "Bet now"}>
        {closed && slip.averageBet ? formatMoney(slip.averageBet) : formatBet(slip.currentBet)}
      </Fact>
      {theoreticalWin === null ? (
        <Fact label="Since">{formatTime(slip.openedAt, me.timezone)}</Fact>
      ) : (
        <Fact label="Theoretical win">{formatMoney(theoreticalWin)}</Fact>
      )}
    </Facts>
  );
}
