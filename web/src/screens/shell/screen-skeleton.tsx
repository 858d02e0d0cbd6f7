import { Loading, Skeleton } from "../../components/skeleton.tsx";
import { words } from "../../words/words.ts";
import styles from "./screen-skeleton.module.css";

const t = words("shell");

/** A screen that is on its way: the place of its heading, and that of what it shows. */
export function ScreenSkeleton() {
  return (
    <div className={styles.screen}>
      <Loading what={t("screen")}>
        <div className={styles.parts}>
          <Skeleton width="12rem" height="1.75rem" />
          <Skeleton height="16rem" />
        </div>
      </Loading>
    </div>
  );
}
