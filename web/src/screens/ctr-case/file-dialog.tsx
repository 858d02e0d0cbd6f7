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

/** Freezes what is reported: what was filed stays as filed, a later change needs an amendment. */
export function FileDialog({ found, onClose }: FileDialogProps) {
  const [, execute] = useFileCtrMutation();
  const file = useCommand(execute, (answer) => answer.fileCtr?.ctrCaseResult);
  const unanswered = file.state === "unanswered";
  const amending = found.amendmentDue === true;
  const send = async () => {
    const result = await file.send({ caseId: found.caseId ?? "" });
    if (result) onClose();
  };
  return (
    <Dialog
      title={amending ? "File the amendment" : "File the report"}
      subtitle={`${found.name}, gaming day ${formatDay(found.gamingDay ?? "")}`}
      onClose={onClose}
      busy={file.busy}
    >
      <DialogForm onSubmit={() => !unanswered && void send()}>
        <Facts large>
          <Fact label="Cash in">{formatMoney(found.cashIn ?? "0")}</Fact>
          <Fact label="Cash out">{formatMoney(found.cashOut ?? "0")}</Fact>
        </Facts>
        <p>
          Mark the report as filed once its file has been sent to FinCEN. What it says is kept as it is now and can't be
          changed; if the totals change later, an amendment is due.
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
