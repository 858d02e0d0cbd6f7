import { Pause, Play } from "lucide-react";
import { useCommand } from "../../api/command.ts";
import { Button } from "../../components/button.tsx";
import { CommandProblem } from "../../components/command-problem.tsx";
import { Shortcut } from "../../components/shortcut.tsx";
import {
  type SlipDetailsFragment,
  usePauseRatingSlipMutation,
  useResumeRatingSlipMutation,
} from "../../generated/graphql.ts";
import { ariaShortcut, useShortcuts } from "../../lib/shortcuts.ts";
import { useStrayPress } from "../../lib/stray-press.ts";
import { words } from "../../words/words.ts";
import styles from "./open-slip.module.css";

const t = words("slipDrawer");

/** Stops the clock that counts, or lets it go on. */
export function PauseButton({ slip }: { slip: SlipDetailsFragment }) {
  const [, executePause] = usePauseRatingSlipMutation();
  const [, executeResume] = useResumeRatingSlipMutation();
  const pause = useCommand(executePause, (data) => data.pauseRatingSlip?.slipResult?.ratingSlip);
  const resume = useCommand(executeResume, (data) => data.resumeRatingSlip?.slipResult?.ratingSlip);
  const paused = slip.state === "paused";
  const [command, other] = paused ? [resume, pause] : [pause, resume];
  const failed = [pause, resume].find((each) => each.problem !== undefined);
  // Without an answer it may have happened: only the same command, with its key, can tell.
  const press = () => {
    if (pause.busy || resume.busy || failed?.state === "unanswered") return;
    other.reset();
    void command.send({ ratingSlipId: slip.ratingSlipId });
  };
  useShortcuts({ P: press });
  const isStray = useStrayPress(paused);
  return (
    <>
      <Button
        icon={paused ? <Play size={18} /> : <Pause size={18} />}
        isPending={pause.busy || resume.busy}
        isDisabled={failed?.state === "unanswered"}
        keyShortcut={ariaShortcut("P")}
        onPress={(event) => isStray(event) || press()}
      >
        {t(paused ? "open.resume" : "open.pause")} <Shortcut letter="P" />
      </Button>
      {failed && (
        <div className={styles.below}>
          <CommandProblem status={failed} onRetry={() => void failed.retry()} />
        </div>
      )}
    </>
  );
}
