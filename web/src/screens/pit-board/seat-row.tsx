import { Pause } from "lucide-react";
import { Button } from "react-aria-components";
import { SlipTime, secondsPlayed } from "../../components/slip-time.tsx";
import { Tier } from "../../components/tier.tsx";
import { formatBet, humanize, speakDuration } from "../../lib/format.ts";
import type { BoardSlip } from "./board.ts";
import styles from "./seat-row.module.css";

interface SeatRowProps {
  slip: BoardSlip;
  selected: boolean;
  onPress: () => void;
}

export function SeatRow({ slip, selected, onPress }: SeatRowProps) {
  const name = `${slip.player?.firstName ?? ""} ${slip.player?.lastName ?? "Unknown player"}`.trim();
  const tier = slip.player?.playerLoyalty?.tier;
  const paused = slip.state === "paused";
  const played = speakDuration(secondsPlayed(slip, Date.now()));
  const spoken = [
    `Seat ${slip.seatNo}`,
    name,
    tier && humanize(tier),
    `bet ${formatBet(slip.currentBet)}`,
    paused ? `paused after ${played}` : `running for ${played}`,
  ];
  return (
    <Button
      className={styles.row ?? ""}
      aria-label={spoken.filter(Boolean).join(", ")}
      aria-pressed={selected}
      data-state={slip.state}
      data-slip={slip.ratingSlipId}
      onPress={onPress}
    >
      <span className={`${styles.seat} numeric`}>{slip.seatNo}</span>
      <span className={styles.who}>
        <span className={styles.name}>{name}</span>
        {tier && (
          <span className={styles.tier}>
            <Tier tier={tier} />
          </span>
        )}
      </span>
      <span className={`${styles.bet} numeric`}>{formatBet(slip.currentBet)}</span>
      <span className={styles.time}>
        {paused && <Pause size={12} aria-hidden="true" />}
        <SlipTime slip={slip} />
      </span>
    </Button>
  );
}
