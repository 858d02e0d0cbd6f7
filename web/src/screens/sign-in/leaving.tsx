import { useEffect } from "react";
import type { Problem } from "../../api/errors.ts";
import { useSession } from "../../api/session.tsx";
import { Button } from "../../components/button.tsx";
import { CorrelationId, Notice, NoticeText } from "../../components/notice.tsx";
import { words } from "../../words/words.ts";
import { Waiting } from "../shell/waiting.tsx";
import styles from "./sign-in.module.css";

const t = words("signIn");

/** In place of the screens from when somebody signs out until nobody is signed in any more. */
export function Leaving({ problem }: { problem: Problem | undefined }) {
  const { signOut } = useSession();
  const title = t("leaving.tab");
  useEffect(() => {
    document.title = title;
  }, [title]);
  if (!problem) return <Waiting what={t("leaving.busy")} />;
  return (
    <div className={styles.screen}>
      <main className={styles.main}>
        <header className={styles.brand}>
          <img src="/mark.svg" alt="" width={44} height={44} />
          <h1 className={styles.name}>PitLedger</h1>
        </header>
        <Notice
          tone="bad"
          title={t("leaving.stuck")}
          live="alert"
          actions={
            <Button look="primary" autoFocus onPress={() => void signOut()}>
              {t("leaving.tryAgain")}
            </Button>
          }
        >
          <NoticeText>
            {problem.message} {problem.hint}
          </NoticeText>
          <CorrelationId id={problem.correlationId} />
        </Notice>
      </main>
    </div>
  );
}
