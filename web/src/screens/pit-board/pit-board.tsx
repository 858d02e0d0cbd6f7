import { CircleCheck, Dices } from "lucide-react";
import { useCallback, useMemo, useRef } from "react";
import { useSearchParams } from "react-router";
import { useReadAgain } from "../../api/read-again.ts";
import { useMe } from "../../api/session.tsx";
import { DrawerWaiting } from "../../components/drawer.tsx";
import { Empty } from "../../components/empty.tsx";
import { QueryProblem } from "../../components/notice.tsx";
import { Page } from "../../components/page.tsx";
import { part } from "../../components/part.tsx";
import { Segmented } from "../../components/segmented.tsx";
import { useGamesQuery, usePitBoardLiveSubscription, usePitBoardQuery } from "../../generated/graphql.ts";
import { cx } from "../../lib/cx.ts";
import { formatCount, formatMoney } from "../../lib/format.ts";
import { useLoadAhead } from "../../lib/load-ahead.ts";
import { isPresent } from "../../lib/present.ts";
import { words } from "../../words/words.ts";
import { arrange, type BoardSlip, needingAttention, occupancy, type Pit } from "./board.ts";
import { BoardSkeleton } from "./board-skeleton.tsx";
import { BoardSummary } from "./board-summary.tsx";
import styles from "./pit-board.module.css";
import { type Place, useGo, usePlace } from "./places.ts";
import { TableCard } from "./table-card.tsx";
import { type HeldSeats, useHeldSeats } from "./use-held-seats.ts";
import { useNamedTable } from "./use-named-table.ts";
import { type RunningPlay, useRunningPlay } from "./use-running-play.ts";

const t = words("pitBoard");

const { Shown: SlipDrawer, load: loadDrawer } = part(
  async () => (await import("../slip-drawer/slip-drawer.tsx")).SlipDrawer,
  DrawerWaiting,
);

const ALL = "all";

export function PitBoard() {
  const me = useMe();
  const [search, setSearch] = useSearchParams();
  const [{ data, error, fetching }, refetch] = usePitBoardQuery();
  // Each event carries the whole board into the cache, from which the query above is answered.
  const [{ error: missed }] = usePitBoardLiveSubscription();
  useReadAgain(missed, refetch);
  const games = useGameNames();

  const pits = useMemo(() => (data ? arrange(data) : []), [data]);
  const chosen = pits.some((pit) => pit.name === search.get("pit")) ? (search.get("pit") ?? ALL) : ALL;
  const here = chosen === ALL ? pits : pits.filter((pit) => pit.name === chosen);
  const mayRate = me.can("floor:rate");
  const play = useRunningPlay(mayRate);
  const isNarrowed = mayRate && search.get("attention") === "only";
  // Until it is known which tables these are, all of them are shown.
  const shown = isNarrowed && play.pits ? needingAttention(here, play.slips) : here;
  const narrow = (name: string, value: string | undefined) =>
    setSearch(
      (before) => {
        if (value === undefined) before.delete(name);
        else before.set(name, value);
        return before;
      },
      { replace: true },
    );
  const place = usePlace();
  const seats = useHeldSeats();
  const picking = usePicking(place, mayRate, seats);
  const board = useRef<HTMLDivElement>(null);
  const toFreeSeat = useCallback(() => board.current?.querySelector<HTMLElement>("[data-free-seat]")?.focus(), []);
  useNamedTable(pits.length > 0);
  useLoadAhead("drawer", () => [loadDrawer]);

  return (
    <div className={cx(styles.layout, picking.moving && styles.moving)}>
      <div className={styles.board} ref={board}>
        <Page
          title={t("title")}
          beside={
            pits.length > 1 && (
              <Segmented
                label={t("pit")}
                value={chosen}
                onChange={(pit) => narrow("pit", pit === ALL ? undefined : pit)}
                options={[{ id: ALL, label: t("allPits") }, ...pits.map((pit) => ({ id: pit.name, label: pit.name }))]}
              />
            )
          }
          aside={
            data && (
              <BoardSummary
                pits={here}
                play={play}
                isNarrowed={isNarrowed}
                onNarrow={(only) => narrow("attention", only ? "only" : undefined)}
              />
            )
          }
        >
          {error && !data && <QueryProblem error={error} onRetry={() => refetch({ requestPolicy: "network-only" })} />}
          {fetching && !data && <BoardSkeleton />}
          {data && pits.length === 0 && (
            <Empty icon={<Dices size={22} />} title={t("empty.title")}>
              {t("empty.text")}
            </Empty>
          )}
          {isNarrowed && here.length > 0 && shown.length === 0 && (
            <Empty icon={<CircleCheck size={22} />} title={t("calm.title")}>
              {t("calm.text")}
            </Empty>
          )}
          {shown.map((pit) => (
            <PitSection key={pit.name} pit={pit} games={games} picking={picking} play={play} />
          ))}
        </Page>
      </div>
      {place.panel !== "none" && (
        <SlipDrawer pits={pits} loaded={data !== undefined} onHold={seats.hold} toFreeSeat={toFreeSeat} />
      )}
    </div>
  );
}

function useGameNames(): Map<string, string> {
  const [{ data }] = useGamesQuery();
  return useMemo(
    () => new Map((data?.gameSettings?.nodes ?? []).filter(isPresent).map((game) => [game.code, game.name])),
    [data],
  );
}

interface Picking {
  moving: boolean;
  held: boolean;
  selectedSlip: string | undefined;
  selectedSeat: { tableId: string; seatNo: number } | undefined;
  onSlip: (slipId: string) => void;
  onFreeSeat: ((tableId: string, seatNo: number) => void) | undefined;
}

/** What is chosen on the board, and what choosing does: the same functions as long as that is the same. */
function usePicking(place: Place, mayRate: boolean, { held, isShown }: HeldSeats): Picking {
  const go = useGo();
  const moved = place.panel === "move" ? place.slipId : undefined;
  const onSlip = useCallback((slipId: string) => go({ panel: "slip", slipId }), [go]);
  const onFreeSeat = useCallback(
    (tableId: string, seatNo: number) => {
      if (held.current) return;
      go(
        moved === undefined
          ? { panel: "start", tableId, seatNo }
          : { panel: "move", slipId: moved, target: { tableId, seatNo } },
      );
    },
    [go, moved, held],
  );
  return {
    moving: moved !== undefined,
    held: isShown,
    selectedSlip: "slipId" in place ? place.slipId : undefined,
    selectedSeat: place.panel === "start" ? place : place.panel === "move" ? place.target : undefined,
    onSlip,
    onFreeSeat: mayRate ? onFreeSeat : undefined,
  };
}

interface PitSectionProps {
  pit: Pit;
  games: Map<string, string>;
  picking: Picking;
  play: RunningPlay;
}

function PitSection({ pit, games, picking, play }: PitSectionProps) {
  const { seats, free, running, paused } = occupancy([pit]);
  const win = play.pits?.get(pit.name)?.theoreticalWin;
  const isSelected = (slip: BoardSlip) => slip.ratingSlipId === picking.selectedSlip;
  return (
    <section className={styles.pit} aria-label={pit.name}>
      <div className={styles.pitHead}>
        <h2 className={styles.pitName}>{pit.name}</h2>
        <p className={`${styles.pitLine} numeric`}>
          <span>{t("pitLine.seats", { taken: formatCount(seats - free), seats })}</span>
          {play.pits && <span>{t("pitLine.slips", { count: running + paused })}</span>}
          {win && <span>{t("pitLine.win", { win: formatMoney(win) })}</span>}
        </p>
      </div>
      <div className={styles.tables}>
        {pit.tables.map((table) => (
          <TableCard
            key={table.tableId}
            table={table}
            game={games.get(table.gameCode) ?? table.gameCode}
            play={play.slips}
            moving={picking.moving}
            held={picking.held}
            selectedSlip={table.slips.some(isSelected) ? picking.selectedSlip : undefined}
            selectedSeat={picking.selectedSeat?.tableId === table.tableId ? picking.selectedSeat.seatNo : undefined}
            onSlip={picking.onSlip}
            onFreeSeat={picking.onFreeSeat}
          />
        ))}
      </div>
    </section>
  );
}
