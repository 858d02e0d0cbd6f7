import { Dices } from "lucide-react";
import { useEffect, useMemo } from "react";
import { useSearchParams } from "react-router";
import { useMe } from "../../api/session.tsx";
import { Empty } from "../../components/empty.tsx";
import { QueryProblem } from "../../components/notice.tsx";
import { Page } from "../../components/page.tsx";
import { Segmented } from "../../components/segmented.tsx";
import { useGamesQuery, usePitBoardLiveSubscription, usePitBoardQuery } from "../../generated/graphql.ts";
import { formatCount } from "../../lib/format.ts";
import { words } from "../../words/words.ts";
import { SlipDrawer } from "../slip-drawer/slip-drawer.tsx";
import { arrange, isPresent, occupancy, type Pit } from "./board.ts";
import { BoardSkeleton } from "./board-skeleton.tsx";
import styles from "./pit-board.module.css";
import { useGo, usePlace } from "./places.ts";
import { type Picking, TableCard } from "./table-card.tsx";

const t = words("pitBoard");

const ALL = "all";

export function PitBoard() {
  const me = useMe();
  const place = usePlace();
  const go = useGo();
  const [search, setSearch] = useSearchParams();
  const [{ data, error, fetching }, refetch] = usePitBoardQuery();
  // Each event carries the whole board into the cache, from which the query above is answered.
  const [{ error: missed }] = usePitBoardLiveSubscription();
  useEffect(() => {
    if (missed) refetch({ requestPolicy: "network-only" });
  }, [missed, refetch]);
  const games = useGameNames();

  const pits = useMemo(() => (data ? arrange(data) : []), [data]);
  const chosen = pits.some((pit) => pit.name === search.get("pit")) ? (search.get("pit") ?? ALL) : ALL;
  const shown = chosen === ALL ? pits : pits.filter((pit) => pit.name === chosen);
  const mayRate = me.can("floor:rate");
  const moving = place.panel === "move";

  const picking: Picking = {
    moving,
    selectedSlip: "slipId" in place ? place.slipId : undefined,
    selectedSeat: place.panel === "start" ? place : place.panel === "move" ? place.target : undefined,
    onSlip: (slipId) => go({ panel: "slip", slipId }),
    onFreeSeat: mayRate
      ? (tableId, seatNo) =>
          go(
            moving
              ? { panel: "move", slipId: place.slipId, target: { tableId, seatNo } }
              : { panel: "start", tableId, seatNo },
          )
      : undefined,
  };

  return (
    <div className={styles.layout}>
      <div className={styles.board}>
        <Page
          title={t("title")}
          beside={
            pits.length > 1 && (
              <Segmented
                label={t("pit")}
                value={chosen}
                onChange={(pit) => setSearch(pit === ALL ? {} : { pit }, { replace: true })}
                options={[{ id: ALL, label: t("allPits") }, ...pits.map((pit) => ({ id: pit.name, label: pit.name }))]}
              />
            )
          }
          aside={data && <Summary pits={shown} />}
        >
          {error && !data && <QueryProblem error={error} onRetry={() => refetch({ requestPolicy: "network-only" })} />}
          {fetching && !data && <BoardSkeleton />}
          {data && pits.length === 0 && (
            <Empty icon={<Dices size={22} />} title={t("empty.title")}>
              {t("empty.text")}
            </Empty>
          )}
          {shown.map((pit) => (
            <PitSection key={pit.name} pit={pit} games={games} picking={picking} named={shown.length > 1} />
          ))}
        </Page>
      </div>
      <SlipDrawer pits={pits} loaded={data !== undefined} />
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

interface PitSectionProps {
  pit: Pit;
  games: Map<string, string>;
  picking: Picking;
  /** Not when it is the only one: the filter says which it is. */
  named: boolean;
}

function PitSection({ pit, games, picking, named }: PitSectionProps) {
  return (
    <section className={styles.pit} aria-label={pit.name}>
      <h2 className={named ? styles.pitName : "visually-hidden"}>{pit.name}</h2>
      <div className={styles.tables}>
        {pit.tables.map((table) => (
          <TableCard
            key={table.tableId}
            table={table}
            game={games.get(table.gameCode) ?? table.gameCode}
            {...picking}
          />
        ))}
      </div>
    </section>
  );
}

function Summary({ pits }: { pits: readonly Pit[] }) {
  const { running, paused, free } = occupancy(pits);
  return (
    <dl className={styles.summary}>
      <div>
        <dt>{t("running")}</dt>
        <dd className="numeric">{formatCount(running)}</dd>
      </div>
      <div data-warn={paused > 0}>
        <dt>{t("paused")}</dt>
        <dd className="numeric">{formatCount(paused)}</dd>
      </div>
      <div>
        <dt>{t("freeSeats")}</dt>
        <dd className="numeric">{formatCount(free)}</dd>
      </div>
    </dl>
  );
}
