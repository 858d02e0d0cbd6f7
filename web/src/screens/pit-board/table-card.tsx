import { Button } from "react-aria-components";
import { cx } from "../../lib/cx.ts";
import { formatCount } from "../../lib/format.ts";
import { words } from "../../words/words.ts";
import type { BoardTable } from "./board.ts";
import { SeatRow } from "./seat-row.tsx";
import styles from "./table-card.module.css";
import type { RunningPlay } from "./use-running-play.ts";

const t = words("pitBoard");

export interface Picking {
  /** What pressing a free seat does; undefined when the person may not. */
  onFreeSeat: ((tableId: string, seatNo: number) => void) | undefined;
  onSlip: (slipId: string) => void;
  /** A seat is being chosen to move a player to. */
  moving: boolean;
  selectedSlip: string | undefined;
  selectedSeat: { tableId: string; seatNo: number } | undefined;
}

interface TableCardProps extends Picking {
  table: BoardTable;
  game: string;
  play: RunningPlay;
}

export function TableCard({ table, game, play, ...picking }: TableCardProps) {
  return (
    <article className={styles.card} aria-label={t("table", { table: table.label })}>
      <header className={styles.head}>
        <h3 className={styles.label}>{table.label}</h3>
        <span className={styles.game}>{game}</span>
        {table.active ? (
          <span className={`${styles.count} numeric`}>
            {t("seatsTaken", { taken: formatCount(table.slips.length), seats: formatCount(table.seats) })}
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
                soFar={play.slips.get(slip.ratingSlipId)}
                selected={slip.ratingSlipId === picking.selectedSlip}
                onPress={() => picking.onSlip(slip.ratingSlipId)}
              />
            </li>
          ))}
        </ul>
      )}
      {table.active && table.freeSeats.length > 0 && <FreeSeats table={table} {...picking} />}
    </article>
  );
}

function FreeSeats({ table, onFreeSeat, moving, selectedSeat }: Picking & { table: BoardTable }) {
  return (
    <ul className={cx(styles.free, moving && styles.moving)} aria-label={t("freeSeats")}>
      {table.freeSeats.map((seatNo) => {
        const selected = selectedSeat?.tableId === table.tableId && selectedSeat.seatNo === seatNo;
        return (
          <li key={seatNo}>
            {onFreeSeat ? (
              <Button
                className={styles.seat ?? ""}
                aria-label={t(moving ? "moveTo" : "startAt", { table: table.label, seat: String(seatNo) })}
                aria-pressed={selected}
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
        );
      })}
    </ul>
  );
}
