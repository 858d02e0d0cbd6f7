import { UserSearch } from "lucide-react";
import { useState } from "react";
import { Empty } from "../../components/empty.tsx";
import { Finder } from "../../components/finder.tsx";
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
  const { players, fetching, settled, error, retry } = usePlayerSearch(typed);
  return (
    <>
      <Finder
        label={t("picker.player")}
        text={typed}
        onText={setTyped}
        placeholder={t("picker.placeholder")}
        found={players}
        settled={settled}
        idOf={(player) => player.playerId}
        nameOf={(player) => `${player.lastName}, ${player.firstName}`}
        isOff={(player) => runningSlipOf(player) !== undefined}
        onPick={onPick}
        inPage={styles.list ?? ""}
        autoFocus
      >
        {(player) => <Choice player={player} />}
      </Finder>
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
    </>
  );
}

function runningSlipOf(player: FoundPlayerFragment) {
  return player.ratingSlips.nodes.find(isPresent);
}

function Choice({ player }: { player: FoundPlayerFragment }) {
  const slip = runningSlipOf(player);
  return (
    <span className={styles.choice} data-off={slip !== undefined}>
      <span className={styles.name}>
        {player.lastName}, {player.firstName}
      </span>
      {player.playerLoyalty && <Tier tier={player.playerLoyalty.tier} />}
      <span className={`${styles.detail} numeric`}>
        {slip
          ? t("picker.playing", { table: slip.table?.label ?? t("picker.aTable"), seat: String(slip.seatNo) })
          : t("card", { number: player.cardNo })}
      </span>
    </span>
  );
}
