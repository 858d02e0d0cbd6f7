import { Loading, Skeleton } from "../../components/skeleton.tsx";
import { words } from "../../words/words.ts";
import styles from "./pit-board.module.css";

const t = words("pitBoard");

const cards = ["a", "b", "c", "d", "e", "f"];

export function BoardSkeleton() {
  return (
    <Loading what={t("loading")}>
      <div className={styles.tables}>
        {cards.map((card) => (
          <Skeleton key={card} height="13rem" />
        ))}
      </div>
    </Loading>
  );
}
