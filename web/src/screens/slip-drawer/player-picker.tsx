import { Search, UserSearch } from "lucide-react";
import { useState } from "react";
import { Button as AriaButton } from "react-aria-components";
import { Empty } from "../../components/empty.tsx";
import { Field } from "../../components/field.tsx";
import { QueryProblem } from "../../components/notice.tsx";
import { Loading, Skeleton } from "../../components/skeleton.tsx";
import { Tier } from "../../components/tier.tsx";
import type { FoundPlayerFragment } from "../../generated/graphql.ts";
import { isPresent } from "../../lib/present.ts";
import { words } from "../../words/words.ts";
import { usePlayerSearch } from "../players/use-player-search.ts";
import styles from "./player-picker.module.css";

const t = words("slipDrawer");

/** Finds a player by card or name; one who already has a slip running can't be picked. */
export function PlayerPicker({ onPick }: { onPick: (player: FoundPlayerFragment) => void }) {
  const [typed, setTyped] = useState("");
  const { players, fetching, error, retry } = usePlayerSearch(typed);
  return (
    <>
      <Field
        label={t("picker.player")}
        type="search"
        value={typed}
        onChange={setTyped}
        prefix={<Search size={18} />}
        placeholder={t("picker.placeholder")}
        autoComplete="off"
        autoFocus
      />
      {error && <QueryProblem error={error} onRetry={retry} />}
      {!players && fetching && (
        <Loading what={t("picker.loading")}>
          <Skeleton height="3.5rem" />
        </Loading>
      )}
      {!players && !fetching && !error && <p className={styles.hint}>{t("picker.hint")}</p>}
      {players?.length === 0 && !fetching && (
        <Empty icon={<UserSearch size={22} />} title={t("picker.nobody")}>
          {t("picker.check")}
        </Empty>
      )}
      {players && players.length > 0 && (
        <ul className={styles.list} aria-label={t("picker.found")}>
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
        {slip
          ? t("picker.playing", { table: slip.table?.label ?? t("picker.aTable"), seat: String(slip.seatNo) })
          : t("card", { number: player.cardNo })}
      </span>
    </AriaButton>
  );
}
