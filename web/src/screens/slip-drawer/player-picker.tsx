import { Search, UserSearch } from "lucide-react";
import { useState } from "react";
import { Button as AriaButton } from "react-aria-components";
import { Empty } from "../../components/empty.tsx";
import { Field } from "../../components/field.tsx";
import { QueryProblem } from "../../components/notice.tsx";
import { Loading, Skeleton } from "../../components/skeleton.tsx";
import { Tier } from "../../components/tier.tsx";
import type { FoundPlayerFragment } from "../../generated/graphql.ts";
import { isPresent } from "../pit-board/board.ts";
import { usePlayerSearch } from "../players/use-player-search.ts";
import styles from "./player-picker.module.css";

/** Finds a player by card or name; one who already has a slip running can't be picked. */
export function PlayerPicker({ onPick }: { onPick: (player: FoundPlayerFragment) => void }) {
  const [typed, setTyped] = useState("");
  const { players, fetching, error, retry } = usePlayerSearch(typed);
  return (
    <>
      <Field
        label="Player"
        type="search"
        value={typed}
        onChange={setTyped}
        prefix={<Search size={18} />}
        placeholder="Card number or name"
        autoComplete="off"
        autoFocus
      />
      {error && <QueryProblem error={error} onRetry={retry} />}
      {!players && fetching && (
        <Loading what="players">
          <Skeleton height="3.5rem" />
        </Loading>
      )}
      {!players && !fetching && !error && (
        <p className={styles.hint}>Swipe or type a card number, or type the beginning of a name.</p>
      )}
      {players?.length === 0 && !fetching && (
        <Empty icon={<UserSearch size={22} />} title="Nobody found">
          Check the spelling, or try the card number.
        </Empty>
      )}
      {players && players.length > 0 && (
        <ul className={styles.list} aria-label="Players found">
          {players.map((player) => (
            <li key={player.playerId}>
              <Choice player={player} onPress={() => onPick(player)} />
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

function Choice({ player, onPress }: { player: FoundPlayerFragment; onPress: () => void }) {
  const slip = player.ratingSlips.nodes.find(isPresent);
  return (
    <AriaButton className={styles.choice ?? ""} isDisabled={slip !== undefined} onPress={onPress}>
      <span className={styles.name}>
        {player.lastName}, {player.firstName}
      </span>
      {player.playerLoyalty && <Tier tier={player.playerLoyalty.tier} />}
      <span className={`${styles.detail} numeric`}>
        {slip ? `Playing at ${slip.table?.label ?? "a table"}, seat ${slip.seatNo}` : `Card ${player.cardNo}`}
      </span>
    </AriaButton>
  );
}
