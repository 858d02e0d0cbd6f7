import { useCommand } from "../../api/command.ts";
import { Button } from "../../components/button.tsx";
import { CommandProblem } from "../../components/command-problem.tsx";
import { Dialog, DialogActions } from "../../components/dialog.tsx";
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
  const unanswered = approve.state === "unanswered";
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
        <>
          <RequestFacts request={request} />
          <CommandProblem status={approve} onRetry={send} />
          <DialogActions>
            <Button onPress={onClose} isDisabled={approve.busy}>
              {unanswered ? t("leave") : t("cancel")}
            </Button>
            <Button look="primary" onPress={send} isPending={approve.busy} isDisabled={unanswered} autoFocus>
              {t("approve")}
            </Button>
          </DialogActions>
        </>
      )}
    </Dialog>
  );
}
