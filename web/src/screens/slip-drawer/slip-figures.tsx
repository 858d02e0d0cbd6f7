import { useMe } from "../../api/session.tsx";
import { Fact, Facts } from "../../components/facts.tsx";
import { SlipTime } from "../../components/slip-time.tsx";
import type { SlipDetailsFragment } from "../../generated/graphql.ts";
import { formatBet, formatDuration, formatMoney, formatTime } from "../../lib/format.ts";
import { words } from "../../words/words.ts";
import { useSoFar } from "../pit-board/use-running-play.ts";
import { PausedFor } from "./paused-for.tsx";
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
    <>
      <Facts large>
        <Fact label={t(slip.state === "open" ? "figures.timeIn" : "figures.timePlayed")}>
          {closed ? formatDuration(slip.accumulatedSeconds ?? 0) : <SlipTime slip={slip} />}
        </Fact>
        {slip.state === "paused" && (
          <Fact label={t("figures.pausedFor")}>
            <span className={styles.paused}>
              <PausedFor ratingSlipId={slip.ratingSlipId} />
            </span>
          </Fact>
        )}
        <Fact label={t(closed ? "figures.averageBet" : "figures.betNow")}>
          {closed && slip.averageBet ? formatMoney(slip.averageBet) : formatBet(slip.currentBet)}
        </Fact>
        {closed && theoreticalWin === null && (
          <Fact label={t("figures.since")}>{formatTime(slip.openedAt, me.timezone)}</Fact>
        )}
        {theoreticalWin !== null && <Fact label={t("figures.win")}>{formatMoney(theoreticalWin)}</Fact>}
      </Facts>
      {!closed && <FiguresSoFar slip={slip} />}
    </>
  );
}

/** What a running slip amounts to: at small widths the drawer hides the board, which says it, too. */
function FiguresSoFar({ slip }: { slip: SlipDetailsFragment }) {
  const me = useMe();
  const soFar = useSoFar(slip.ratingSlipId);
  return (
    <Facts>
      <Fact label={t("figures.since")}>{formatTime(slip.openedAt, me.timezone)}</Fact>
      {me.can("floor:rate") && (
        <>
          <Fact label={t("figures.averageBet")}>{soFar?.averageBet ? formatMoney(soFar.averageBet) : "–"}</Fact>
          <Fact label={t("figures.win")}>{soFar?.theoreticalWin ? formatMoney(soFar.theoreticalWin) : "–"}</Fact>
        </>
      )}
    </Facts>
  );
}
