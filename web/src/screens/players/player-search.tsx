import { UserSearch, Users } from "lucide-react";
import { useNavigate, useSearchParams } from "react-router";
import { Empty } from "../../components/empty.tsx";
import { Finder } from "../../components/finder.tsx";
import { QueryProblem } from "../../components/notice.tsx";
import { Page } from "../../components/page.tsx";
import { Loading, Skeleton } from "../../components/skeleton.tsx";
import { Tier } from "../../components/tier.tsx";
import type { FoundPlayerFragment } from "../../generated/graphql.ts";
import { formatDate, formatPoints } from "../../lib/format.ts";
import { howMany } from "../../lib/how-many.ts";
import { isPresent } from "../../lib/present.ts";
import { useTyped } from "../../lib/typed.ts";
import { words } from "../../words/words.ts";
import styles from "./player-search.module.css";
import { usePlayerSearch } from "./use-player-search.ts";

const t = words("players");

const rows = ["a", "b", "c", "d", "e"];

export function PlayerSearch() {
  // The search is in the address: going back from a player's page finds it as it was.
  const [params, setParams] = useSearchParams();
  const [typed, type] = useTyped(params.get("q") ?? "", (q) => setParams(q === "" ? {} : { q }, { replace: true }));
  const navigate = useNavigate();
  const { players, fetching, settled, error, retry } = usePlayerSearch(typed);
  return (
    <Page title={t("title")} narrow>
      <search className={styles.search}>
        <Finder
          label={t("find")}
          text={typed}
          onText={type}
          placeholder={t("placeholder")}
          found={players}
          settled={settled}
          idOf={(player) => player.playerId}
          nameOf={(player) => `${player.lastName}, ${player.firstName}`}
          pathOf={pathOf}
          onPick={(player) => void navigate(pathOf(player))}
          inPage={styles.found ?? ""}
          autoFocus
        >
          {(player) => <Found player={player} />}
        </Finder>
      </search>
      {error && <QueryProblem error={error} onRetry={retry} />}
      {!players && fetching && (
        <Loading what={t("loading")}>
          <div className={styles.skeletons}>
            {rows.map((row) => (
              <Skeleton key={row} height="3.25rem" />
            ))}
          </div>
        </Loading>
      )}
      {!players && !fetching && !error && (
        <Empty icon={<Users size={22} />} title={t("empty.title")}>
          {t("empty.text")}
        </Empty>
      )}
      {players?.length === 0 && !fetching && (
        <Empty icon={<UserSearch size={22} />} title={t("nobody", { text: typed.trim() })}>
          {t("check")}
        </Empty>
      )}
    </Page>
  );
}

function pathOf({ playerId }: FoundPlayerFragment): string {
  return `/players/${playerId}`;
}

function Found({ player }: { player: FoundPlayerFragment }) {
  const slip = player.ratingSlips.nodes.find(isPresent);
  return (
    <span className={styles.row}>
      <span className={styles.who}>
        <span className={styles.name}>
          {player.lastName}, {player.firstName}
        </span>
        <span className={`${styles.detail} numeric`}>
          {t("card", { number: player.cardNo })}
          {player.birthDate && ` · ${t("born", { date: formatDate(player.birthDate) })}`}
        </span>
      </span>
      <span className={styles.where}>
        {slip && (
          <span className={styles.playing} data-state={slip.state}>
            {t("seat", { table: slip.table?.label ?? t("playing"), seat: String(slip.seatNo) })}
          </span>
        )}
      </span>
      <span className={styles.tier}>{player.playerLoyalty && <Tier tier={player.playerLoyalty.tier} />}</span>
      <span className={`${styles.balance} numeric`}>
        {player.playerLoyalty ? formatPoints(player.playerLoyalty.currentBalance) : "–"}
        <span className={styles.unit}> {t("points", { count: howMany(player.playerLoyalty?.currentBalance) })}</span>
      </span>
    </span>
  );
}
