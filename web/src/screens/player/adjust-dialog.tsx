import { useState } from "react";
import { useCommand } from "../../api/command.ts";
import { Button } from "../../components/button.tsx";
import { CommandProblem } from "../../components/command-problem.tsx";
import { Dialog, DialogActions, DialogForm } from "../../components/dialog.tsx";
import { Field } from "../../components/field.tsx";
import { ReasonField } from "../../components/reason-field.tsx";
import { Segmented } from "../../components/segmented.tsx";
import { useAdjustPointsMutation } from "../../generated/graphql.ts";
import { formatPoints } from "../../lib/format.ts";
import { parsePoints } from "../../lib/money.ts";
import { PointsOutcome } from "../reward/points-outcome.tsx";

const directions = [
  { id: "add", label: "Add points" },
  { id: "take", label: "Take points away" },
] as const;

interface AdjustDialogProps {
  playerId: string;
  playerName: string;
  balance: string;
  onClose: () => void;
}

/** Asks for a correction of a balance; a second person decides. */
export function AdjustDialog({ playerId, playerName, balance, onClose }: AdjustDialogProps) {
  const [direction, setDirection] = useState<(typeof directions)[number]["id"]>("add");
  const [typed, setTyped] = useState("");
  const [reason, setReason] = useState("");
  const [, execute] = useAdjustPointsMutation();
  const adjust = useCommand(execute, (answer) => answer.adjustPoints?.ledgerResult);
  const points = parsePoints(typed);
  const unanswered = adjust.state === "unanswered";
  const ready = points !== undefined && points !== "0" && reason.trim() !== "" && !unanswered;
  const send = () => {
    if (points === undefined) return;
    void adjust.send({ playerId, pointsChange: direction === "add" ? points : `-${points}`, reason: reason.trim() });
  };

  return (
    <Dialog title="Adjust points" subtitle={playerName} onClose={onClose} busy={adjust.busy}>
      {adjust.result ? (
        <PointsOutcome result={adjust.result} onDone={onClose} />
      ) : (
        <DialogForm onSubmit={() => ready && send()}>
          <Segmented
            label="Direction"
            options={directions}
            value={direction}
            onChange={setDirection}
            isDisabled={adjust.locked}
          />
          <Field
            label="Points"
            aside={`balance ${formatPoints(balance)}`}
            value={typed}
            onChange={setTyped}
            inputMode="numeric"
            autoComplete="off"
            numeric
            autoFocus
            isDisabled={adjust.locked}
            error={
              typed.trim() !== "" && (points === undefined || points === "0")
                ? "A whole number of points, 1 or more."
                : undefined
            }
          />
          <ReasonField
            value={reason}
            onChange={setReason}
            hint="The second person decides by it; it stays in the ledger."
            isDisabled={adjust.locked}
          />
          <CommandProblem status={adjust} onRetry={send} />
          <DialogActions>
            <Button onPress={onClose} isDisabled={adjust.busy}>
              {unanswered ? "Leave it" : "Cancel"}
            </Button>
            <Button type="submit" look="primary" isPending={adjust.busy} isDisabled={!ready}>
              Request the adjustment
            </Button>
          </DialogActions>
        </DialogForm>
      )}
    </Dialog>
  );
}
