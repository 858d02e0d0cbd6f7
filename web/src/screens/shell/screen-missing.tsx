import { PartMissing } from "../../components/part-missing.tsx";
import { words } from "../../words/words.ts";
import styles from "./screen-skeleton.module.css";

const t = words("shell");

/** A screen that can't be loaded: the rest of PitLedger goes on around it. */
export function ScreenMissing({ onRetry }: { onRetry: () => void }) {
  return (
    <div className={styles.screen}>
      <h1 className="visually-hidden">{t("screenMissing")}</h1>
      <PartMissing onRetry={onRetry} />
    </div>
  );
}
