import { useState } from "react";
import { useCommand } from "../../api/command.ts";
import { Button } from "../../components/button.tsx";
import { CommandProblem } from "../../components/command-problem.tsx";
import { Dialog, DialogActions, DialogForm } from "../../components/dialog.tsx";
import { Fact, Facts } from "../../components/facts.tsx";
import { type CaseFragment, useFileCtrMutation } from "../../generated/graphql.ts";
import { formatDay, formatMoney } from "../../lib/format.ts";

interface FileDialogProps {
  found: CaseFragment;
  onClose: () => void;
}

/** Notes what FinCEN was sent: what was filed stays as filed, a later change needs an amendment. */
export function FileDialog({ found, onClose }: FileDialogProps) {
  const [, execute] = useFileCtrMutation();
  const file = useCommand(execute, (answer) => answer.fileCtr?.ctrCaseResult);
  const unanswered = file.state === "unanswered";
  // The version that is meant, also when the case shows it as filed before its answer comes.
  const [version] = useState((found.filedVersion ?? 0) + 1);
  const send = async () => {
    const result = await file.send({ caseId: found.caseId ?? "", version });
    if (result) onClose();
  };
  return (
    <Dialog
      title={version > 1 ? "File the amendment" : "File the report"}
      subtitle={`${found.name}, gaming day ${formatDay(found.gamingDay ?? "")}`}
      onClose={onClose}
      busy={file.busy}
    >
      <DialogForm onSubmit={() => !unanswered && void send()}>
        <Facts large>
          <Fact label="Cash in now">{formatMoney(found.cashIn ?? "0")}</Fact>
          <Fact label="Cash out now">{formatMoney(found.cashOut ?? "0")}</Fact>
        </Facts>
        <p>
          Mark the report as filed once its file has been sent to FinCEN. What was exported last is what is filed, and
          can't be changed; a report that wasn't exported is filed as it is now. If the log has changed since, an
          amendment is due.
        </p>
        <CommandProblem status={file} onRetry={() => void send()} />
        <DialogActions>
          <Button onPress={onClose} isDisabled={file.busy}>
            {unanswered ? "Leave it" : "Not yet"}
          </Button>
          <Button type="submit" look="primary" isPending={file.busy} isDisabled={unanswered}>
            It is filed
          </Button>
        </DialogActions>
      </DialogForm>
    </Dialog>
  );
}
