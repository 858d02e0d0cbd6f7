import type { ReactNode } from "react";
import type { CombinedError } from "urql";
import { cx } from "../lib/cx.ts";
import { QueryProblem } from "./notice.tsx";
import styles from "./query-state.module.css";
import { Loading, Skeleton } from "./skeleton.tsx";

interface QueryStateProps<Data> {
  /** What is awaited, for screen readers. */
  what: string;
  data: Data | null | undefined;
  error: CombinedError | undefined;
  onRetry: () => void;
  /** Shown instead of an answer without rows. */
  empty?: ReactNode;
  isEmpty?: (data: Data) => boolean;
  /** Of what stands in the answer's place until it comes. */
  height?: string;
  /** In a card without a padding of its own. */
  inset?: boolean;
  children: (data: Data) => ReactNode;
}

/** An answer on its way, refused, without rows, or there; what was there stays when it can't be read again. */
export function QueryState<Data>(props: QueryStateProps<Data>) {
  const { what, data, error, onRetry, empty, isEmpty, height = "10rem", inset = false, children } = props;
  const around = cx(inset && styles.inset);
  const present = data !== null && data !== undefined;
  return (
    <>
      {error && (
        <div className={around}>
          <QueryProblem error={error} onRetry={onRetry} />
        </div>
      )}
      {!present && !error && (
        <div className={around}>
          <Loading what={what}>
            <Skeleton height={height} />
          </Loading>
        </div>
      )}
      {present && (isEmpty?.(data) ? empty : children(data))}
    </>
  );
}
