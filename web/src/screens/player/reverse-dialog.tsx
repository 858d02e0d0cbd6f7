import { useState } from "react";
import { useCommand } from "../../api/command.ts";
import { CommandForm } from "../../components/command-form.tsx";
import { Dialog } from "../../components/dialog.tsx";
import { Fact, Facts } from "../../components/facts.tsx";
import { ReasonField } from "../../components/reason-field.tsx";
import { type LedgerLineFragment, useReverseEntryMutation } from "../../generated/graphql.ts";
import { formatSignedPoints } from "../../lib/format.ts";
import { term } from "../../words/term.ts";
import { words } from "../../words/words.ts";
import { PointsOutcome } from "../reward/points-outcome.tsx";

const t = words("player");

interface ReverseDialogProps {
  line: LedgerLineFragment;
  playerName: string;
  onClose: () => void;
}

/** Compensates one entry by a new one; the entry itself stays. */
export function ReverseDialog({ line, playerName, onClose }: ReverseDialogProps) {
  const [reason, setReason] = useState("");
  const [, execute] = useReverseEntryMutation();
  const reverse = useCommand(execute, (answer) => answer.reverseEntry?.ledgerResult);
  const { playerId, entryNo } = line;
  const ready = reason.trim() !== "";
  const send = () => void reverse.send({ playerId, entryNo, reason: reason.trim() });

  return (
    <Dialog title={t("reverse.title", { entry: entryNo })} subtitle={playerName} onClose={onClose} busy={reverse.busy}>
      {reverse.result ? (
        <PointsOutcome result={reverse.result} onDone={onClose} />
      ) : (
        <CommandForm
          command={reverse}
          onSend={send}
          onClose={onClose}
          isReady={ready}
          look="danger"
          does={t("reverse.reverse")}
          keeps={t("reverse.keep")}
        >
          <Facts>
            <Fact label={t("reverse.entry")}>{term("transactionType", line.transactionType)}</Fact>
            <Fact label={t("dialog.points")}>{formatSignedPoints(line.pointsChange)}</Fact>
          </Facts>
          <ReasonField value={reason} onChange={setReason} isDisabled={reverse.locked} autoFocus />
        </CommandForm>
      )}
    </Dialog>
  );
}
