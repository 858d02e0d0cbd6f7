import { useState } from "react";
import type { Command } from "../../api/command.ts";
import { Button } from "../../components/button.tsx";
import { CommandProblem } from "../../components/command-problem.tsx";
import { Shortcut } from "../../components/shortcut.tsx";
import type { SlipCompletionFragment, SlipDetailsFragment } from "../../generated/graphql.ts";
import { ariaShortcut, useShortcuts } from "../../lib/shortcuts.ts";
import { words } from "../../words/words.ts";
import styles from "./open-slip.module.css";

const t = words("slipDrawer");

interface CompleteButtonProps {
  slip: SlipDetailsFragment;
  complete: Command<{ ratingSlipId: string }, SlipCompletionFragment>;
}

/** Asks once before it closes the slip for good. */
export function CompleteButton({ slip, complete }: CompleteButtonProps) {
  const [asked, setAsked] = useState<boolean>();
  const send = () => void complete.send({ ratingSlipId: slip.ratingSlipId });
  useShortcuts({ C: () => setAsked(true) });
  if (!asked && complete.state === "idle") {
    return (
      <Button
        look="primary"
        wide
        keyShortcut={ariaShortcut("C")}
        onPress={() => setAsked(true)}
        autoFocus={asked === false}
      >
        {t("open.complete")} <Shortcut letter="C" />
      </Button>
    );
  }
  return (
    <fieldset className={styles.confirm}>
      <legend className={styles.question}>{t("open.sure")}</legend>
      <div className={styles.pair}>
        <Button
          isDisabled={complete.busy}
          onPress={() => {
            setAsked(false);
            complete.reset();
          }}
        >
          {t("open.keep")}
        </Button>
        <Button look="primary" isPending={complete.busy} onPress={send} autoFocus>
          {t("open.yes")}
        </Button>
      </div>
      <CommandProblem status={complete} onRetry={send} />
    </fieldset>
  );
}
