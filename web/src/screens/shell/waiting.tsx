import styles from "./waiting.module.css";

/** The whole page, while there is nothing else to show. */
export function Waiting({ what }: { what: string }) {
  return (
    <main className={styles.middle}>
      <p className="visually-hidden" role="status">
        {what}
      </p>
      <img className={styles.mark} src="/mark.svg" alt="" width={48} height={48} />
    </main>
  );
}
