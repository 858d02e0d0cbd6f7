import { useMe } from "../../api/session.tsx";
import { Fact, Facts } from "../../components/facts.tsx";
import { SlipTime } from "../../components/slip-time.tsx";
import type { SlipDetailsFragment } from "../../generated/graphql.ts";
import { formatBet, formatDuration, formatMoney, formatTime } from "../../lib/format.ts";
import { words } from "../../words/words.ts";
import styles from "./slip-figures.module.css";

const t = words("slipDrawer");

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
      <Fact
        label={closed ? t("figures.timePlayed") : t(slip.state === "paused" ? "figures.pausedAt" : "figures.timeIn")}
      >
        <span className={styles.time} data-state={slip.state}>
          {closed ? formatDuration(slip.accumulatedSeconds ?? 0) : <SlipTime slip={slip} />}
        </span>
      </Fact>
      <Fact label={t(closed ? "figures.averageBet" : "figures.betNow")}>
        {closed && slip.averageBet ? formatMoney(slip.averageBet) : formatBet(slip.currentBet)}
      </Fact>
      {theoreticalWin === null ? (
        <Fact label={t("figures.since")}>{formatTime(slip.openedAt, me.timezone)}</Fact>
      ) : (
        <Fact label={t("figures.win")}>{formatMoney(theoreticalWin)}</Fact>
      )}
    </Facts>
  );
}
