import { memo } from "react";
import { Button } from "react-aria-components";
import { cx } from "../../lib/cx.ts";
import { formatCount } from "../../lib/format.ts";
import { words } from "../../words/words.ts";
import type { BoardTable } from "./board.ts";
import { SeatRow } from "./seat-row.tsx";
import styles from "./table-card.module.css";
import type { RunningPlay } from "./use-running-play.ts";

const t = words("pitBoard");

interface TableCardProps {
  table: BoardTable;
  game: string;
  play: RunningPlay["slips"];
  /** What pressing a free seat does; undefined when the person may not. */
  onFreeSeat: ((tableId: string, seatNo: number) => void) | undefined;
  onSlip: (slipId: string) => void;
  /** A seat is being chosen to move a player to. */
  moving: boolean;
  /** None can be chosen now. */
  held: boolean;
  /** What the drawer is about, if it is at this table. */
  selectedSlip: string | undefined;
  selectedSeat: number | undefined;
}

/** Drawn again only when something at this table is different: the board changes many times a second. */
export const TableCard = memo(function TableCard(props: TableCardProps) {
  const { table, game, play, onSlip, selectedSlip } = props;
  return (
    <article
      className={styles.card}
      aria-label={t("table", { table: table.label })}
      data-table={table.label}
      tabIndex={-1}
    >
      <header className={styles.head}>
        <h3 className={styles.label}>{table.label}</h3>
        <span className={styles.game}>{game}</span>
        {table.active ? (
          <span className={`${styles.count} numeric`}>
            {t("seatsTaken", { taken: formatCount(table.slips.length), seats: table.seats })}
          </span>
        ) : (
          <span className={styles.closed}>{t("outOfService")}</span>
        )}
      </header>
      {table.slips.length > 0 && (
        <ul className={styles.slips}>
          {table.slips.map((slip) => (
            <li key={slip.ratingSlipId}>
              <SeatRow
                slip={slip}
                soFar={play.get(slip.ratingSlipId)}
                selected={slip.ratingSlipId === selectedSlip}
                onSlip={onSlip}
              />
            </li>
          ))}
        </ul>
      )}
      {table.active && table.freeSeats.length > 0 && <FreeSeats {...props} />}
    </article>
  );
});

function FreeSeats({ table, onFreeSeat, moving, held, selectedSeat }: TableCardProps) {
  return (
    <ul className={cx(styles.free, moving && styles.moving)} aria-label={t("freeSeats")}>
      {table.freeSeats.map((seatNo) => (
        <li key={seatNo}>
          {onFreeSeat ? (
            <Button
              className={styles.seat ?? ""}
              aria-label={t(moving ? "moveTo" : "startAt", { table: table.label, seat: String(seatNo) })}
              aria-pressed={selectedSeat === seatNo}
              isDisabled={held}
              data-free-seat={`${table.label}:${seatNo}`}
              onPress={() => onFreeSeat(table.tableId, seatNo)}
            >
              <span className="numeric">{seatNo}</span>
            </Button>
          ) : (
            <span className={styles.seat}>
              <span className="visually-hidden">{t("spoken.seat")} </span>
              <span className="numeric">{seatNo}</span>
            </span>
          )}
        </li>
      ))}
    </ul>
  );
}
