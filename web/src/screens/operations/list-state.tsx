import type { ReactNode } from "react";
import type { CombinedError } from "urql";
import { QueryProblem } from "../../components/notice.tsx";
import { Loading, Skeleton } from "../../components/skeleton.tsx";
import styles from "./operations.module.css";

interface ListStateProps<Data> {
  what: string;
  data: Data | null | undefined;
  error: CombinedError | undefined;
  onRetry: () => void;
  /** Shown instead of a list without rows. */
  empty: ReactNode;
  isEmpty: (data: Data) => boolean;
  children: (data: Data) => ReactNode;
}

/** A list on its way, refused, without rows, or there. */
export function ListState<Data>({ what, data, error, onRetry, empty, isEmpty, children }: ListStateProps<Data>) {
  if (error) {
    return (
      <div className={styles.pad}>
        <QueryProblem error={error} onRetry={onRetry} />
      </div>
    );
  }
  if (!data) {
    return (
      <Loading what={what}>
        <Skeleton height="10rem" />
      </Loading>
    );
  }
  return isEmpty(data) ? empty : children(data);
}
