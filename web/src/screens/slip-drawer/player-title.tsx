import { Link } from "react-router";
import { Tier } from "../../components/tier.tsx";
import type { SlipDetailsFragment } from "../../generated/graphql.ts";
import { words } from "../../words/words.ts";
import styles from "./player-title.module.css";

const t = words("slipDrawer");

/** The slip's player with the tier; the name leads to the player's page. */
export function PlayerTitle({ slip }: { slip: SlipDetailsFragment }) {
  const { player } = slip;
  if (!player) return t("unknownPlayer");
  return (
    <span className={styles.title}>
      <Link className={styles.link ?? ""} to={`/players/${player.playerId}`}>
        {player.firstName} {player.lastName}
      </Link>
      {player.playerLoyalty && <Tier tier={player.playerLoyalty.tier} />}
    </span>
  );
}
