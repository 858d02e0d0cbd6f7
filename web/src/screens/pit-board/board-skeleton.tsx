import { Loading, Skeleton } from "../../components/skeleton.tsx";
import styles from "./pit-board.module.css";

const cards = ["a", "b", "c", "d", "e", "f"];

export function BoardSkeleton() {
  return (
    <Loading what="the pit board">
      <div className={styles.tables}>
        {cards.map((card) => (
          <Skeleton key={card} height="13rem" />
        ))}
      </div>
    </Loading>
  );
}
