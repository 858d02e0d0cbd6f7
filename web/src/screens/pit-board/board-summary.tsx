import { TriangleAlert } from "lucide-react";
import { ToggleButton } from "react-aria-components";
import { formatCount } from "../../lib/format.ts";
import { words } from "../../words/words.ts";
import { occupancy, type Pit, slipsNeedingAttention } from "./board.ts";
import styles from "./board-summary.module.css";
import type { RunningPlay } from "./use-running-play.ts";

const t = words("pitBoard");

interface BoardSummaryProps {
  pits: readonly Pit[];
  play: RunningPlay;
  /** Only the tables of slips that need attention are shown. */
  isNarrowed: boolean;
  onNarrow: (only: boolean) => void;
}

/** How many slips run, pause and need attention; the last of these narrows the board to their tables. */
export function BoardSummary({ pits, play, isNarrowed, onNarrow }: BoardSummaryProps) {
  const { running, paused, free } = occupancy(pits);
  const attention = slipsNeedingAttention(pits, play.slips).length;
  const figures = [
    { name: t("running"), figure: running },
    { name: t("paused"), figure: paused, warn: true },
    { name: t("freeSeats"), figure: free },
  ];
  return (
    <div className={styles.summary}>
      {(attention > 0 || isNarrowed) && (
        <ToggleButton className={styles.attention ?? ""} isSelected={isNarrowed} onChange={onNarrow}>
          <TriangleAlert size={16} aria-hidden="true" />
          {play.pits && <span className={`${styles.figure} numeric`}>{formatCount(attention)}</span>}
          {t("attention", { count: attention })}
        </ToggleButton>
      )}
      <dl className={styles.figures}>
        {figures.map(({ name, figure, warn = false }) => (
          <div key={name} data-warn={warn && figure > 0}>
            <dt>{name}</dt>
            <dd className="numeric">{formatCount(figure)}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
