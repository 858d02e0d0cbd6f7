import { useState } from "react";
import { useCommand } from "../../api/command.ts";
import { Button } from "../../components/button.tsx";
import { CommandProblem } from "../../components/command-problem.tsx";
import { Dialog, DialogActions, DialogForm } from "../../components/dialog.tsx";
import { Field } from "../../components/field.tsx";
import { ReasonField } from "../../components/reason-field.tsx";
import { useRedeemMutation } from "../../generated/graphql.ts";
import { formatPoints } from "../../lib/format.ts";
import { parseAmount, parsePoints } from "../../lib/money.ts";
import { PointsOutcome } from "../reward/points-outcome.tsx";

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
  const short = points !== undefined && BigInt(points) > BigInt(balance);
  const ready = points !== undefined && points !== "0" && !short && cashAmount !== undefined && reason.trim() !== "";
  const unanswered = redeem.state === "unanswered";
  const send = () => {
    if (points === undefined || cashAmount === undefined) return;
    void redeem.send({ playerId, points, reason: reason.trim(), cashAmount });
  };

  return (
    <Dialog title="Redeem points" subtitle={playerName} onClose={onClose} busy={redeem.busy}>
      {redeem.result ? (
        <PointsOutcome result={redeem.result} onDone={onClose} />
      ) : (
        <DialogForm onSubmit={() => ready && !unanswered && send()}>
          <Field
            label="Points"
            aside={`balance ${formatPoints(balance)}`}
            value={typed}
            onChange={setTyped}
            inputMode="numeric"
            autoComplete="off"
            numeric
            autoFocus
            isDisabled={redeem.locked}
            error={pointsError(typed, points, short)}
          />
          <Field
            label="Paid in cash"
            aside="optional"
            value={cash}
            onChange={setCash}
            prefix="$"
            inputMode="decimal"
            autoComplete="off"
            numeric
            isDisabled={redeem.locked}
            error={cashAmount === undefined ? "An amount above 0 in dollars, with at most two decimals." : undefined}
          />
          <ReasonField value={reason} onChange={setReason} isDisabled={redeem.locked} />
          <CommandProblem status={redeem} onRetry={send} />
          <DialogActions>
            <Button onPress={onClose} isDisabled={redeem.busy}>
              {unanswered ? "Leave it" : "Cancel"}
            </Button>
            <Button type="submit" look="primary" isPending={redeem.busy} isDisabled={!ready || unanswered}>
              Redeem
            </Button>
          </DialogActions>
        </DialogForm>
      )}
    </Dialog>
  );
}

function pointsError(typed: string, points: string | undefined, short: boolean): string | undefined {
  if (typed.trim() === "") return undefined;
  if (points === undefined || points === "0") return "A whole number of points, 1 or more.";
  return short ? "That is more than the balance." : undefined;
}

/** What is paid goes into the cash log, which takes no entry of nothing. */
function parseCash(typed: string): string | undefined {
  const amount = parseAmount(typed);
  return amount !== undefined && /[1-9]/.test(amount) ? amount : undefined;
}
