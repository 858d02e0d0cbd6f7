import { useCommand } from "../../api/command.ts";
import { CommandForm } from "../../components/command-form.tsx";
import { Dialog } from "../../components/dialog.tsx";
import { type ApprovalFragment, useApproveRewardMutation } from "../../generated/graphql.ts";
import { words } from "../../words/words.ts";
import { PointsOutcome } from "../reward/points-outcome.tsx";
import { RequestFacts } from "./request-facts.tsx";

const t = words("approvals");

interface ApproveDialogProps {
  request: ApprovalFragment;
  onClose: () => void;
}

/** The second person agrees: the points go into the ledger with both names. */
export function ApproveDialog({ request, onClose }: ApproveDialogProps) {
  const [, execute] = useApproveRewardMutation();
  const approve = useCommand(execute, (answer) => answer.approveReward?.ledgerResult);
  const send = () => void approve.send({ requestId: request.rewardRequestId });

  return (
    <Dialog
      title={t("approveTitle", { kind: request.kind ?? "" })}
      subtitle={request.playerName}
      onClose={onClose}
      busy={approve.busy}
    >
      {approve.result ? (
        <PointsOutcome result={approve.result} onDone={onClose} />
      ) : (
        <CommandForm command={approve} onSend={send} onClose={onClose} does={t("approve")} autoFocus>
          <RequestFacts request={request} />
        </CommandForm>
      )}
    </Dialog>
  );
}
