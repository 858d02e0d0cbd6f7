import { humanize } from "../lib/format.ts";
import styles from "./tier.module.css";

/** A tier by name; which tiers there are is the property's to say. */
export function Tier({ tier }: { tier: string }) {
  return (
    <span className={styles.tier} data-tier={tier}>
      {humanize(tier)}
    </span>
  );
}
