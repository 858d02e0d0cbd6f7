import { useState } from "react";
import type { Problem } from "../../api/errors.ts";
import { CorrelationId, Notice, NoticeText } from "../../components/notice.tsx";
import { useCountdown } from "../../lib/clock.ts";
import { formatDuration, formatLocalTime } from "../../lib/format.ts";
import { words } from "../../words/words.ts";

const t = words("signIn");

/** When the lock ends, with the time left running down. */
export function LockedNotice({ problem }: { problem: Problem }) {
  const seconds = Number(problem.details.retryAfterSeconds ?? 0);
  const [since] = useState(() => ({ tick: performance.now(), date: Date.now() }));
  const left = useCountdown(seconds, since.tick);
  const until = new Date(since.date + seconds * 1000);
  return (
    <Notice tone="warn" title={problem.message} live="alert">
      {left > 0 ? (
        <NoticeText>
          {t.rich("lockedUntil", {
            time: formatLocalTime(until),
            seconds: formatDuration(left),
            left: (chunks) => (
              <span className="numeric" aria-hidden="true">
                {chunks}
              </span>
            ),
          })}
        </NoticeText>
      ) : (
        <NoticeText>{seconds > 0 ? t("lockEnded") : problem.hint}</NoticeText>
      )}
      <CorrelationId id={problem.correlationId} />
    </Notice>
  );
}
