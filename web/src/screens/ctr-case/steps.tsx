import { term } from "../../words/term.ts";
import { words } from "../../words/words.ts";
import styles from "./steps.module.css";

const t = words("ctrCase");

const life = ["open", "ready", "filed", "acknowledged"];

/** Where a case is on its way; a closed one has left it. */
export function Steps({ state }: { state: string }) {
  const reached = life.indexOf(state);
  return (
    <ol className={styles.steps} aria-label={t("way")}>
      {life.map((step, index) => (
        <li
          key={step}
          className={styles.step}
          data-reached={index <= reached}
          aria-current={index === reached ? "step" : undefined}
        >
          {term("caseState", step)}
        </li>
      ))}
    </ol>
  );
}
