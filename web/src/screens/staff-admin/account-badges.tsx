import { Badge } from "../../components/badge.tsx";
import type { StaffAccountFragment } from "../../generated/graphql.ts";
import { words } from "../../words/words.ts";
import styles from "./staff-admin.module.css";

const t = words("staffAdmin");

/** How an account stands, in a few words. */
export function AccountBadges({ account }: { account: StaffAccountFragment }) {
  const { active, lockedUntil, hasPassword, mustChangePassword, signsIn } = account;
  return (
    <span className={styles.badges}>
      <Badge tone={active ? "good" : "neutral"}>{active ? t("state.active") : t("state.inactive")}</Badge>
      {lockedUntil !== null && <Badge tone="bad">{t("state.locked")}</Badge>}
      {active && signsIn && !hasPassword && <Badge tone="warn">{t("state.noPassword")}</Badge>}
      {mustChangePassword && <Badge tone="warn">{t("state.mustChange")}</Badge>}
    </span>
  );
}
