import { useState } from "react";
import { useCommand } from "../../api/command.ts";
import { CommandForm } from "../../components/command-form.tsx";
import { Dialog } from "../../components/dialog.tsx";
import { Field } from "../../components/field.tsx";
import { ReasonField } from "../../components/reason-field.tsx";
import { Segmented } from "../../components/segmented.tsx";
import { useAdjustPointsMutation } from "../../generated/graphql.ts";
import { formatPoints } from "../../lib/format.ts";
import { parsePoints } from "../../lib/money.ts";
import { words } from "../../words/words.ts";
import { PointsOutcome } from "../reward/points-outcome.tsx";

const t = words("player");

const directions = ["add", "take"] as const;

interface AdjustDialogProps {
  playerId: string;
  playerName: string;
  balance: string;
  onClose: () => void;
}

/** Asks for a correction of a balance; a second person decides. */
export function AdjustDialog({ playerId, playerName, balance, onClose }: AdjustDialogProps) {
  const [direction, setDirection] = useState<(typeof directions)[number]>("add");
  const [typed, setTyped] = useState("");
  const [reason, setReason] = useState("");
  const [, execute] = useAdjustPointsMutation();
  const adjust = useCommand(execute, (answer) => answer.adjustPoints?.ledgerResult);
  const points = parsePoints(typed);
  const ready = points !== undefined && points !== "0" && reason.trim() !== "";
  const send = () => {
    if (points === undefined) return;
    void adjust.send({ playerId, pointsChange: direction === "add" ? points : `-${points}`, reason: reason.trim() });
  };

  return (
    <Dialog title={t("adjust.title")} subtitle={playerName} onClose={onClose} busy={adjust.busy}>
      {adjust.result ? (
        <PointsOutcome result={adjust.result} onDone={onClose} />
      ) : (
        <CommandForm command={adjust} onSend={send} onClose={onClose} isReady={ready} does={t("adjust.ask")}>
          <Segmented
            label={t("adjust.direction")}
            options={directions.map((id) => ({ id, label: t(`adjust.directions.${id}`) }))}
            value={direction}
            onChange={setDirection}
            isDisabled={adjust.locked}
          />
          <Field
            label={t("dialog.points")}
            aside={t("dialog.balance", { points: formatPoints(balance) })}
            value={typed}
            onChange={setTyped}
            inputMode="numeric"
            autoComplete="off"
            numeric
            autoFocus
            isDisabled={adjust.locked}
            error={typed.trim() !== "" && (points === undefined || points === "0") ? t("dialog.whole") : undefined}
          />
          <ReasonField value={reason} onChange={setReason} hint={t("adjust.hint")} isDisabled={adjust.locked} />
        </CommandForm>
      )}
    </Dialog>
  );
}
