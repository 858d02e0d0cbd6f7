import { useEffect, useRef, useState } from "react";
import { useCommand } from "../../api/command.ts";
import { BetField } from "../../components/bet-field.tsx";
import { Button } from "../../components/button.tsx";
import { CommandProblem } from "../../components/command-problem.tsx";
import { DrawerSection } from "../../components/drawer.tsx";
import { Notice, NoticeText } from "../../components/notice.tsx";
import { Shortcut } from "../../components/shortcut.tsx";
import { type SlipDetailsFragment, useRecordBetMutation } from "../../generated/graphql.ts";
import { formatBet } from "../../lib/format.ts";
import { amountText, parseAmount } from "../../lib/money.ts";
import { ariaShortcut, useShortcuts } from "../../lib/shortcuts.ts";
import { words } from "../../words/words.ts";
import { amountOf, type BetDraft, step, type } from "./bet-draft.ts";
import styles from "./open-slip.module.css";

const t = words("slipDrawer");

/** The bet as it is and as it is being changed: nothing is recorded before it is asked for. */
export function BetSection({ slip }: { slip: SlipDetailsFragment }) {
  const [draft, setDraft] = useState<BetDraft>();
  const [sent, setSent] = useState<string>();
  const [, execute] = useRecordBetMutation();
  const record = useCommand(execute, (data) => data.recordBet?.slipResult?.ratingSlip);
  const current = amountText(slip.currentBet);
  // What is on its way stays as it was sent, whatever the bet becomes meanwhile.
  const shown = record.locked && sent !== undefined ? sent : amountOf(draft, current);
  const amount = parseAmount(shown);
  const changed = draft !== undefined && amount !== undefined && amountText(amount) !== current;
  const changedMeanwhile = draft !== undefined && draft.begunAt !== current && !record.locked;
  const field = useRef<HTMLInputElement>(null);
  useShortcuts({ B: () => field.current?.select() });
  const selectWhenDone = useRef(false);

  const change = (to: BetDraft) => {
    setDraft(to);
    if (record.state === "done") record.reset();
  };

  const submit = async () => {
    if (amount === undefined) return;
    selectWhenDone.current = document.activeElement?.matches(":focus-visible") ?? false;
    setSent(shown);
    const done = await record.send({ ratingSlipId: slip.ratingSlipId, averageBet: amount });
    if (done) setDraft(undefined);
  };

  // The button that recorded it can't be pressed again, and the next bet is typed over this one.
  const settled = record.state === "done" && draft === undefined;
  useEffect(() => {
    if (!settled || !selectWhenDone.current) return;
    selectWhenDone.current = false;
    const at = document.activeElement;
    if (at === document.body || field.current?.form?.contains(at)) field.current?.select();
  }, [settled]);

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
          value={shown}
          onChange={(typed) => change(type(draft, current, typed))}
          onStep={(dollars) => change(step(draft, current, dollars))}
          isReadOnly={record.locked}
        />
        <div className={styles.meanwhile} role="status">
          {changedMeanwhile && (
            <Notice tone="warn" title={t("open.changedMeanwhile", { bet: formatBet(current) })}>
              <NoticeText>{t(draft.typed === undefined ? "open.stepsFollow" : "open.typedStays")}</NoticeText>
            </Notice>
          )}
        </div>
        <div className={styles.pair}>
          <Button
            isDisabled={record.locked || draft === undefined}
            onPress={({ pointerType }) => {
              setDraft(undefined);
              if (pointerType === "keyboard") field.current?.focus();
            }}
          >
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
          {settled ? t("open.recorded", { bet: formatBet(slip.currentBet) }) : ""}
        </p>
        <CommandProblem status={record} onRetry={submit} />
      </form>
    </DrawerSection>
  );
}
