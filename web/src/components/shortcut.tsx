import { Keyboard } from "react-aria-components";
import styles from "./shortcut.module.css";

/** Alt and a letter: it reaches its field from wherever the focus is. */
export function Shortcut({ letter }: { letter: string }) {
  return (
    <Keyboard className={styles.keys ?? ""} aria-hidden="true">
      {isApple ? "⌥" : "Alt "}
      {letter}
    </Keyboard>
  );
}

const isApple = /Mac|iPhone|iPad/.test(navigator.userAgent);
