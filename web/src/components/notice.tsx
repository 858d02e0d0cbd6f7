import { CircleCheck, CircleX, Info, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import type { CombinedError } from "urql";
import { type Problem, toProblem } from "../api/errors.ts";
import { cx } from "../lib/cx.ts";
import { words } from "../words/words.ts";
import { Button } from "./button.tsx";
import styles from "./notice.module.css";

const t = words("components");

type Tone = "info" | "good" | "warn" | "bad";

const icons = { info: Info, good: CircleCheck, warn: TriangleAlert, bad: CircleX };

interface NoticeProps {
  tone?: Tone;
  title: ReactNode;
  children?: ReactNode;
  actions?: ReactNode;
  /** An alert interrupts a screen reader; a status waits its turn. */
  live?: "alert" | "status";
}

export function Notice({ tone = "info", title, children, actions, live }: NoticeProps) {
  const Icon = icons[tone];
  return (
    <div className={cx(styles.notice, styles[tone])} role={live}>
      <span className={styles.icon} aria-hidden="true">
        <Icon size={18} />
      </span>
      <div className={styles.body}>
        <p className={styles.title}>{title}</p>
        {children}
      </div>
      {actions !== undefined && <div className={styles.actions}>{actions}</div>}
    </div>
  );
}

export function NoticeText({ children }: { children: ReactNode }) {
  return <p className={styles.text}>{children}</p>;
}

export function CorrelationId({ id }: { id: string | undefined | null }) {
  if (!id) return null;
  return (
    <p className={styles.correlation}>
      <span>{t("correlationId")}</span>
      <code className="numeric">{id}</code>
    </p>
  );
}

interface ProblemNoticeProps {
  /** What was being attempted, when the message by itself doesn't say. */
  problem: Problem;
  onRetry?: (() => void) | undefined;
  actions?: ReactNode;
}

export function ProblemNotice({ problem, onRetry, actions }: ProblemNoticeProps) {
  const retry = onRetry && (
    <Button look="secondary" onPress={onRetry}>
      {t("tryAgain")}
    </Button>
  );
  return (
    <Notice
      tone={problem.kind === "refused" ? "warn" : "bad"}
      title={problem.message}
      live="alert"
      actions={
        actions || retry ? (
          <>
            {retry}
            {actions}
          </>
        ) : undefined
      }
    >
      <NoticeText>{problem.hint}</NoticeText>
      <CorrelationId id={problem.correlationId} />
    </Notice>
  );
}

/** The error state of a query. */
export function QueryProblem({ error, onRetry }: { error: CombinedError; onRetry: () => void }) {
  return <ProblemNotice problem={toProblem(error)} onRetry={onRetry} />;
}
