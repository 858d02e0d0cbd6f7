import { useRef, useState } from "react";
import { useCommand } from "../../api/command.ts";
import { BetField } from "../../components/bet-field.tsx";
import { Button } from "../../components/button.tsx";
import { CommandProblem } from "../../components/command-problem.tsx";
import { DrawerSection } from "../../components/drawer.tsx";
import { Shortcut } from "../../components/shortcut.tsx";
import { type SlipDetailsFragment, useRecordBetMutation } from "../../generated/graphql.ts";
import { formatBet } from "../../lib/format.ts";
import { amountText, parseAmount } from "../../lib/money.ts";
import { ariaShortcut, useShortcuts } from "../../lib/shortcuts.ts";
import { words } from "../../words/words.ts";
import styles from "./open-slip.module.css";

const t = words("slipDrawer");

/** The bet as it is and as it is being changed: nothing is recorded before it is asked for. */
export function BetSection({ slip }: { slip: SlipDetailsFragment }) {
  const [draft, setDraft] = useState<string>();
  const [, execute] = useRecordBetMutation();
  const record = useCommand(execute, (data) => data.recordBet?.slipResult?.ratingSlip);
  const current = amountText(slip.currentBet);
  const amount = parseAmount(draft ?? current);
  const field = useRef<HTMLInputElement>(null);
  useShortcuts({ B: () => field.current?.select() });
  const changed = draft !== undefined && amount !== undefined && amountText(amount) !== current;

  const submit = async () => {
    if (amount === undefined) return;
    const done = await record.send({ ratingSlipId: slip.ratingSlipId, averageBet: amount });
    if (done) setDraft(undefined);
  };

  return (
    <DrawerSection>
      <form
        className={styles.bet}
        onSubmit={(event) => {
          event.preventDefault();
          if (changed && !record.busy && record.state !== "unanswered") void submit();
        }}
      >
        <BetField
          label={t("open.bet")}
          aside={<Shortcut letter="B" />}
          keyShortcut={ariaShortcut("B")}
          inputRef={field}
          value={draft ?? current}
          onChange={(value) => {
            setDraft(value);
            if (record.state === "done") record.reset();
          }}
          isDisabled={record.locked}
        />
        <div className={styles.pair}>
          <Button isDisabled={record.locked || draft === undefined} onPress={() => setDraft(undefined)}>
            {t("open.undo")}
          </Button>
          <Button
            type="submit"
            look="primary"
            isPending={record.busy}
            isDisabled={!changed || record.state === "unanswered"}
          >
            {t("open.record", { bet: formatBet(amount ?? current) })}
          </Button>
        </div>
        <p className={styles.done} role="status">
          {record.state === "done" && draft === undefined
            ? t("open.recorded", { bet: formatBet(slip.currentBet) })
            : ""}
        </p>
        <CommandProblem status={record} onRetry={submit} />
      </form>
    </DrawerSection>
  );
}
