import { Pause, TriangleAlert } from "lucide-react";
import { memo } from "react";
import { Button } from "react-aria-components";
import { Badge } from "../../components/badge.tsx";
import { SlipTime } from "../../components/slip-time.tsx";
import { Tier } from "../../components/tier.tsx";
import type { SlipSoFarFragment } from "../../generated/graphql.ts";
import { formatBet, formatMoney } from "../../lib/format.ts";
import { term } from "../../words/term.ts";
import { words } from "../../words/words.ts";
import type { BoardSlip } from "./board.ts";
import styles from "./seat-row.module.css";

const t = words("pitBoard");

interface SeatRowProps {
  slip: BoardSlip;
  /** What it amounts to; undefined for who may not see it, or as long as it isn't known. */
  soFar: SlipSoFarFragment | undefined;
  selected: boolean;
  onSlip: (slipId: string) => void;
}

export const SeatRow = memo(function SeatRow({ slip, soFar, selected, onSlip }: SeatRowProps) {
  const name = `${slip.player?.firstName ?? ""} ${slip.player?.lastName ?? t("unknownPlayer")}`.trim();
  const tier = slip.player?.playerLoyalty?.tier;
  const paused = slip.state === "paused";
  return (
    <Button
      className={styles.row ?? ""}
      aria-pressed={selected}
      data-state={slip.state}
      data-slip={slip.ratingSlipId}
      onPress={() => onSlip(slip.ratingSlipId)}
    >
      <span className={`${styles.seat} numeric`}>
        <Spoken>{t("spoken.seat")}</Spoken>
        {slip.seatNo}
      </span>
      <span className={styles.who}>
        <span className={styles.name}>{name}</span>
        {tier && (
          <span className={styles.tier}>
            <Tier tier={tier} />
          </span>
        )}
      </span>
      <span className={`${styles.bet} numeric`}>
        <Spoken>{t("spoken.bet")}</Spoken>
        {formatBet(slip.currentBet)}
      </span>
      <span className={styles.time}>
        {paused && <Pause size={12} aria-hidden="true" />}
        <Spoken>{t(paused ? "spoken.paused" : "spoken.timeIn")}</Spoken>
        <SlipTime slip={slip} />
      </span>
      {soFar && <SoFar soFar={soFar} />}
    </Button>
  );
});

function SoFar({ soFar }: { soFar: SlipSoFarFragment }) {
  return (
    <span className={styles.soFar}>
      {soFar.averageBet !== null && (
        <span className="numeric">
          <span aria-hidden="true">{t("average")}</span>
          <Spoken>{t("spoken.average")}</Spoken> {formatBet(soFar.averageBet)}
        </span>
      )}
      {soFar.theoreticalWin !== null && (
        <span className="numeric">
          <span aria-hidden="true">{t("win")}</span>
          <Spoken>{t("spoken.win")}</Spoken> {formatMoney(soFar.theoreticalWin)}
        </span>
      )}
      {soFar.attention !== null && (
        <Badge tone="warn" strong icon={<TriangleAlert size={12} aria-hidden="true" />}>
          {term("attention", soFar.attention)}
        </Badge>
      )}
    </span>
  );
}

/** Words that a sighted person gets from the place on the card. */
function Spoken({ children }: { children: string }) {
  return <span className="visually-hidden"> {children} </span>;
}
