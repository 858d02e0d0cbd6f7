import { Search, UserSearch, Users } from "lucide-react";
import { Link, useSearchParams } from "react-router";
import { Empty } from "../../components/empty.tsx";
import { Field } from "../../components/field.tsx";
import { QueryProblem } from "../../components/notice.tsx";
import { Card, Page } from "../../components/page.tsx";
import { Loading, Skeleton } from "../../components/skeleton.tsx";
import { Tier } from "../../components/tier.tsx";
import type { FoundPlayerFragment } from "../../generated/graphql.ts";
import { formatDate, formatPoints } from "../../lib/format.ts";
import { useTyped } from "../../lib/typed.ts";
import { isPresent } from "../pit-board/board.ts";
import styles from "./player-search.module.css";
import { usePlayerSearch } from "./use-player-search.ts";

const rows = ["a", "b", "c", "d", "e"];

export function PlayerSearch() {
  // The search is in the address: going back from a player's page finds it as it was.
  const [params, setParams] = useSearchParams();
  const [typed, type] = useTyped(params.get("q") ?? "", (q) => setParams(q === "" ? {} : { q }, { replace: true }));
  const { players, fetching, error, retry } = usePlayerSearch(typed);
  return (
    <Page title="Players" narrow>
      <search className={styles.search}>
        <Field
          label="Find a player"
          type="search"
          value={typed}
          onChange={type}
          prefix={<Search size={18} />}
          placeholder="Card number or name"
          autoComplete="off"
          autoFocus
        />
      </search>
      {error && <QueryProblem error={error} onRetry={retry} />}
      {!players && fetching && (
        <Loading what="players">
          <div className={styles.skeletons}>
            {rows.map((row) => (
              <Skeleton key={row} height="3.25rem" />
            ))}
          </div>
        </Loading>
      )}
      {!players && !fetching && !error && (
        <Empty icon={<Users size={22} />} title="Find a player by card or name">
          Type the beginning of a card number, a first name or a last name.
        </Empty>
      )}
      {players?.length === 0 && !fetching && (
        <Empty icon={<UserSearch size={22} />} title={`Nobody found for “${typed.trim()}”`}>
          Check the spelling, or try the card number.
        </Empty>
      )}
      {players && players.length > 0 && <Found players={players} />}
    </Page>
  );
}

function Found({ players }: { players: FoundPlayerFragment[] }) {
  return (
    <>
      <p className="visually-hidden" role="status">
        {players.length === 1 ? "1 player found" : `${players.length} players found`}
      </p>
      <Card padded={false} label="Players found">
        <ul>
          {players.map((player) => (
            <li key={player.playerId} className={styles.item}>
              <PlayerLink player={player} />
            </li>
          ))}
        </ul>
      </Card>
    </>
  );
}

function PlayerLink({ player }: { player: FoundPlayerFragment }) {
  const slip = player.ratingSlips.nodes.find(isPresent);
  return (
    <Link className={styles.row ?? ""} to={`/players/${player.playerId}`}>
      <span className={styles.who}>
        <span className={styles.name}>
          {player.lastName}, {player.firstName}
        </span>
        <span className={`${styles.detail} numeric`}>
          Card {player.cardNo}
          {player.birthDate && ` · born ${formatDate(player.birthDate)}`}
        </span>
      </span>
      <span className={styles.where}>
        {slip && (
          <span className={styles.playing} data-state={slip.state}>
            {slip.table?.label ?? "Playing"} · seat {slip.seatNo}
          </span>
        )}
      </span>
      <span className={styles.tier}>{player.playerLoyalty && <Tier tier={player.playerLoyalty.tier} />}</span>
      <span className={`${styles.balance} numeric`}>
        {player.playerLoyalty ? formatPoints(player.playerLoyalty.currentBalance) : "–"}
        <span className={styles.unit}> points</span>
      </span>
    </Link>
  );
}
