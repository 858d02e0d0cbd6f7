import { useState } from "react";
import { useCommand } from "../../api/command.ts";
import { CommandForm } from "../../components/command-form.tsx";
import { Dialog } from "../../components/dialog.tsx";
import { ReasonField } from "../../components/reason-field.tsx";
import { type ApprovalFragment, useDeclineRewardMutation } from "../../generated/graphql.ts";
import { words } from "../../words/words.ts";
import { RequestFacts } from "./request-facts.tsx";

const t = words("approvals");

interface DeclineDialogProps {
  request: ApprovalFragment;
  onClose: () => void;
}

/** The second person doesn't agree and says why; the request stays with both names. */
export function DeclineDialog({ request, onClose }: DeclineDialogProps) {
  const [reason, setReason] = useState("");
  const [, execute] = useDeclineRewardMutation();
  const decline = useCommand(execute, (answer) => answer.declineReward?.ledgerResult);
  const ready = reason.trim() !== "";
  const send = async () => {
    const result = await decline.send({ requestId: request.rewardRequestId, reason: reason.trim() });
    if (result) onClose();
  };

  return (
    <Dialog
      title={t("declineTitle", { kind: request.kind ?? "" })}
      subtitle={request.playerName}
      onClose={onClose}
      busy={decline.busy}
    >
      <CommandForm command={decline} onSend={send} onClose={onClose} isReady={ready} look="danger" does={t("decline")}>
        <RequestFacts request={request} />
        <ReasonField value={reason} onChange={setReason} hint={t("reasonHint")} isDisabled={decline.locked} autoFocus />
      </CommandForm>
    </Dialog>
  );
}
