import { humanize } from "../../lib/format.ts";
import styles from "./steps.module.css";

const life = ["open", "ready", "filed", "acknowledged"];

/** Where a case is on its way; a closed one has left it. */
export function Steps({ state }: { state: string }) {
  const reached = life.indexOf(state);
  return (
    <ol className={styles.steps} aria-label="The case's way">
      {life.map((step, index) => (
        <li
          key={step}
          className={styles.step}
          data-reached={index <= reached}
          aria-current={index === reached ? "step" : undefined}
        >
          {humanize(step)}
        </li>
      ))}
    </ol>
  );
}
