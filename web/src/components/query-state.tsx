import { type ReactNode, useLayoutEffect, useRef } from "react";
import type { CombinedError } from "urql";
import { cx } from "../lib/cx.ts";
import { words } from "../words/words.ts";
import { QueryProblem } from "./notice.tsx";
import styles from "./query-state.module.css";
import { Loading, Skeleton } from "./skeleton.tsx";

const t = words("components");

interface QueryStateProps<Data> {
  /** What is awaited, for screen readers. */
  what: string;
  data: Data | null | undefined;
  error: CombinedError | undefined;
  onRetry: () => void;
  /** Whether `data` is the answer to what was asked before (`isOld`). */
  old?: boolean;
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
  const { what, data, error, onRetry, old, empty, isEmpty, height = "10rem", inset = false, children } = props;
  const shown = (there: Data) => (isEmpty?.(there) ? empty : children(there));
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
      {present && old === undefined && shown(data)}
      {present && old !== undefined && (
        <Answer what={what} old={old}>
          {shown(data)}
        </Answer>
      )}
    </>
  );
}

interface AnswerProps {
  /** What is awaited, for screen readers. */
  what: string;
  /** Whether what is shown is the answer to what was asked before (`isOld`). */
  old: boolean;
  children: ReactNode;
}

/**
 * An answer. While the next one is awaited it stays, paler, so that nothing jumps; nothing in it can be used
 * then, except by whoever is in it, as on the button that asked for the next page.
 */
export function Answer({ what, old, children }: AnswerProps) {
  const shown = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const drawn = shown.current;
    if (!old || !drawn || drawn.contains(document.activeElement)) return;
    drawn.inert = true;
    return () => {
      drawn.inert = false;
    };
  }, [old]);
  return (
    <>
      <p className="visually-hidden" role="status">
        {old && t("loading", { what })}
      </p>
      <div className={styles.answer} ref={shown} aria-busy={old}>
        {children}
      </div>
    </>
  );
}
