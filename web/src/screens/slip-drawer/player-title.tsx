import { Link } from "react-router";
import { Tier } from "../../components/tier.tsx";
import type { SlipDetailsFragment } from "../../generated/graphql.ts";
import styles from "./player-title.module.css";

/** The slip's player with the tier; the name leads to the player's page. */
export function PlayerTitle({ slip }: { slip: SlipDetailsFragment }) {
  const { player } = slip;
  if (!player) return "Unknown player";
  return (
    <span className={styles.title}>
      <Link className={styles.link ?? ""} to={`/players/${player.playerId}`}>
        {player.firstName} {player.lastName}
      </Link>
      {player.playerLoyalty && <Tier tier={player.playerLoyalty.tier} />}
    </span>
  );
}
