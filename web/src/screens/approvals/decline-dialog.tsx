import { useState } from "react";
import { useCommand } from "../../api/command.ts";
import { Button } from "../../components/button.tsx";
import { CommandProblem } from "../../components/command-problem.tsx";
import { Dialog, DialogActions, DialogForm } from "../../components/dialog.tsx";
import { ReasonField } from "../../components/reason-field.tsx";
import { type ApprovalFragment, useDeclineRewardMutation } from "../../generated/graphql.ts";
import { humanize } from "../../lib/format.ts";
import { RequestFacts } from "./request-facts.tsx";

interface DeclineDialogProps {
  request: ApprovalFragment;
  onClose: () => void;
}

/** The second person doesn't agree and says why; the request stays with both names. */
export function DeclineDialog({ request, onClose }: DeclineDialogProps) {
  const [reason, setReason] = useState("");
  const [, execute] = useDeclineRewardMutation();
  const decline = useCommand(execute, (answer) => answer.declineReward?.ledgerResult);
  const unanswered = decline.state === "unanswered";
  const ready = reason.trim() !== "" && !unanswered;
  const send = async () => {
    const result = await decline.send({ requestId: request.rewardRequestId, reason: reason.trim() });
    if (result) onClose();
  };

  return (
    <Dialog
      title={`Decline the ${humanize(request.kind ?? "").toLowerCase()}`}
      subtitle={request.playerName}
      onClose={onClose}
      busy={decline.busy}
    >
      <DialogForm onSubmit={() => ready && void send()}>
        <RequestFacts request={request} />
        <ReasonField
          value={reason}
          onChange={setReason}
          hint="Whoever asked reads it; it stays with the request."
          isDisabled={decline.locked}
          autoFocus
        />
        <CommandProblem status={decline} onRetry={() => void send()} />
        <DialogActions>
          <Button onPress={onClose} isDisabled={decline.busy}>
            {unanswered ? "Leave it" : "Cancel"}
          </Button>
          <Button type="submit" look="danger" isPending={decline.busy} isDisabled={!ready}>
            Decline
          </Button>
        </DialogActions>
      </DialogForm>
    </Dialog>
  );
}
