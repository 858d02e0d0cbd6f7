import { useState } from "react";
import { useCommand } from "../../api/command.ts";
import { CommandForm } from "../../components/command-form.tsx";
import { Dialog } from "../../components/dialog.tsx";
import { Field } from "../../components/field.tsx";
import { ReasonField } from "../../components/reason-field.tsx";
import { useRedeemMutation } from "../../generated/graphql.ts";
import { formatPoints } from "../../lib/format.ts";
import { parseAmount, parsePoints } from "../../lib/money.ts";
import { words } from "../../words/words.ts";
import { PointsOutcome } from "../reward/points-outcome.tsx";

const t = words("player");

interface RedeemDialogProps {
  playerId: string;
  playerName: string;
  balance: string;
  onClose: () => void;
}

export function RedeemDialog({ playerId, playerName, balance, onClose }: RedeemDialogProps) {
  const [typed, setTyped] = useState("");
  const [cash, setCash] = useState("");
  const [reason, setReason] = useState("");
  const [, execute] = useRedeemMutation();
  const redeem = useCommand(execute, (answer) => answer.redeem?.ledgerResult);
  const points = parsePoints(typed);
  const cashAmount = cash.trim() === "" ? null : parseCash(cash);
  const ready = points !== undefined && points !== "0" && cashAmount !== undefined && reason.trim() !== "";
  const send = () => {
    if (points === undefined || cashAmount === undefined) return;
    void redeem.send({ playerId, points, reason: reason.trim(), cashAmount });
  };

  return (
    <Dialog title={t("redeem.title")} subtitle={playerName} onClose={onClose} busy={redeem.busy}>
      {redeem.result ? (
        <PointsOutcome result={redeem.result} onDone={onClose} />
      ) : (
        <CommandForm command={redeem} onSend={send} onClose={onClose} isReady={ready} does={t("redeem.redeem")}>
          <Field
            label={t("dialog.points")}
            aside={t("dialog.balance", { points: formatPoints(balance) })}
            value={typed}
            onChange={setTyped}
            inputMode="numeric"
            autoComplete="off"
            numeric
            autoFocus
            isDisabled={redeem.locked}
            error={pointsError(typed, points)}
          />
          <Field
            label={t("redeem.cash")}
            aside={t("redeem.optional")}
            value={cash}
            onChange={setCash}
            prefix="$"
            inputMode="decimal"
            autoComplete="off"
            numeric
            isDisabled={redeem.locked}
            error={cashAmount === undefined ? t("redeem.invalid") : undefined}
          />
          <ReasonField value={reason} onChange={setReason} isDisabled={redeem.locked} />
        </CommandForm>
      )}
    </Dialog>
  );
}

function pointsError(typed: string, points: string | undefined): string | undefined {
  if (typed.trim() === "") return undefined;
  return points === undefined || points === "0" ? t("dialog.whole") : undefined;
}

/** What is paid goes into the cash log, which takes no entry of nothing. */
function parseCash(typed: string): string | undefined {
  const amount = parseAmount(typed);
  return amount !== undefined && /[1-9]/.test(amount) ? amount : undefined;
}
