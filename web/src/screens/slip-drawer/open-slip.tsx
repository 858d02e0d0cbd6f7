import { Banknote, Gift, MoveRight, Pause, Play } from "lucide-react";
import { useState } from "react";
import { useLocation } from "react-router";
import { type Command, useCommand } from "../../api/command.ts";
import { useMe } from "../../api/session.tsx";
import { BetField } from "../../components/bet-field.tsx";
import { Button, ButtonLink } from "../../components/button.tsx";
import { CommandProblem } from "../../components/command-problem.tsx";
import { DrawerSection } from "../../components/drawer.tsx";
import { CorrelationId, Notice, NoticeText } from "../../components/notice.tsx";
import {
  type SlipCompletionFragment,
  type SlipDetailsFragment,
  usePauseRatingSlipMutation,
  useRecordBetMutation,
  useResumeRatingSlipMutation,
} from "../../generated/graphql.ts";
import { formatBet, formatSignedPoints } from "../../lib/format.ts";
import { amountText, parseAmount } from "../../lib/money.ts";
import { words } from "../../words/words.ts";
import { cashEntryPath } from "../mtl-entry/path.ts";
import { type Handover, useGo } from "../pit-board/places.ts";
import { RewardDialog } from "../reward/reward-dialog.tsx";
import styles from "./open-slip.module.css";
import { SlipFigures } from "./slip-figures.tsx";
import { Standing } from "./standing.tsx";

const t = words("slipDrawer");

interface OpenSlipProps {
  slip: SlipDetailsFragment;
  complete: Command<{ ratingSlipId: string }, SlipCompletionFragment>;
}

export function OpenSlip({ slip, complete }: OpenSlipProps) {
  const me = useMe();
  const go = useGo();
  const [rewarding, setRewarding] = useState(false);
  const mayRate = me.can("floor:rate");
  return (
    <>
      <DrawerSection>
        <LastSeat />
        <SlipFigures slip={slip} />
      </DrawerSection>
      {mayRate && <BetSection slip={slip} />}
      {mayRate && (
        <DrawerSection>
          <div className={styles.pair}>
            <PauseButton slip={slip} />
            <Button
              icon={<MoveRight size={18} />}
              onPress={() => go({ panel: "move", slipId: slip.ratingSlipId, target: undefined })}
            >
              {t("open.move")}
            </Button>
          </div>
          <CompleteButton slip={slip} complete={complete} />
        </DrawerSection>
      )}
      {slip.player?.playerLoyalty && (
        <DrawerSection>
          <Standing standing={slip.player.playerLoyalty} />
          {me.can("loyalty:award") && (
            <Button icon={<Gift size={18} />} onPress={() => setRewarding(true)}>
              {t("open.reward")}
            </Button>
          )}
        </DrawerSection>
      )}
      {me.can("mtl:create") && (
        <DrawerSection>
          <ButtonLink to={cashEntryPath(slip.playerId, slip.table?.tableId)} icon={<Banknote size={18} />}>
            {t("open.cash")}
          </ButtonLink>
        </DrawerSection>
      )}
      {rewarding && (
        <RewardDialog
          playerId={slip.playerId}
          playerName={`${slip.player?.firstName ?? ""} ${slip.player?.lastName ?? ""}`}
          ratingSlipId={slip.ratingSlipId}
          onClose={() => setRewarding(false)}
        />
      )}
    </>
  );
}

/** After a move: the slip of the seat before was closed, and this is what it brought. */
function LastSeat() {
  const { lastSeat } = (useLocation().state as Handover | null) ?? {};
  if (!lastSeat) return null;
  if (lastSeat.outcome === "pending") {
    return (
      <Notice tone="warn" title={t("open.movedPending")} live="status">
        <NoticeText>{t("open.retried")}</NoticeText>
        <CorrelationId id={lastSeat.correlationId} />
      </Notice>
    );
  }
  return (
    <Notice tone="good" title={t("open.moved")} live="status">
      <NoticeText>
        {t("open.lastSeat", {
          points: formatSignedPoints(lastSeat.points ?? "0"),
          table: lastSeat.ratingSlip?.table?.label ?? t("open.lastTable"),
          seat: String(lastSeat.ratingSlip?.seatNo),
        })}
      </NoticeText>
    </Notice>
  );
}

function BetSection({ slip }: { slip: SlipDetailsFragment }) {
  const [draft, setDraft] = useState<string>();
  const [, execute] = useRecordBetMutation();
  const record = useCommand(execute, (data) => data.recordBet?.slipResult?.ratingSlip);
  const current = amountText(slip.currentBet);
  const amount = parseAmount(draft ?? current);
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
          if (changed) void submit();
        }}
      >
        <BetField
          label={t("open.bet")}
          value={draft ?? current}
          onChange={(value) => {
            setDraft(value);
            if (record.state === "done") record.reset();
          }}
          isDisabled={record.locked}
        />
        {changed && (
          <div className={styles.pair}>
            <Button isDisabled={record.locked} onPress={() => setDraft(undefined)}>
              {t("open.undo")}
            </Button>
            <Button type="submit" look="primary" isPending={record.busy} isDisabled={record.state === "unanswered"}>
              {t("open.record", { bet: formatBet(amount) })}
            </Button>
          </div>
        )}
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

function PauseButton({ slip }: { slip: SlipDetailsFragment }) {
  const [, executePause] = usePauseRatingSlipMutation();
  const [, executeResume] = useResumeRatingSlipMutation();
  const pause = useCommand(executePause, (data) => data.pauseRatingSlip?.slipResult?.ratingSlip);
  const resume = useCommand(executeResume, (data) => data.resumeRatingSlip?.slipResult?.ratingSlip);
  const paused = slip.state === "paused";
  const [command, other] = paused ? [resume, pause] : [pause, resume];
  const failed = [pause, resume].find((each) => each.problem !== undefined);
  // Without an answer it may have happened: only the same command, with its key, can tell.
  return (
    <>
      <Button
        icon={paused ? <Play size={18} /> : <Pause size={18} />}
        isPending={pause.busy || resume.busy}
        isDisabled={failed?.state === "unanswered"}
        onPress={() => {
          other.reset();
          void command.send({ ratingSlipId: slip.ratingSlipId });
        }}
      >
        {t(paused ? "open.resume" : "open.pause")}
      </Button>
      {failed && (
        <div className={styles.below}>
          <CommandProblem status={failed} onRetry={() => void failed.retry()} />
        </div>
      )}
    </>
  );
}

function CompleteButton({ slip, complete }: OpenSlipProps) {
  const [asked, setAsked] = useState(false);
  const send = () => void complete.send({ ratingSlipId: slip.ratingSlipId });
  if (!asked && complete.state === "idle") {
    return (
      <Button look="primary" wide onPress={() => setAsked(true)}>
        {t("open.complete")}
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
