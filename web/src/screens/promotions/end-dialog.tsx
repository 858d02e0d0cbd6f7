import { useState } from "react";
import { useCommand } from "../../api/command.ts";
import { Button } from "../../components/button.tsx";
import { CommandProblem } from "../../components/command-problem.tsx";
import { Dialog, DialogActions, DialogForm } from "../../components/dialog.tsx";
import { ReasonField } from "../../components/reason-field.tsx";
import { type PromotionFragment, useEndPromotionMutation } from "../../generated/graphql.ts";

interface EndDialogProps {
  promotion: PromotionFragment;
  onClose: () => void;
}

/** Stops a campaign before its time, or discards a draft. */
export function EndDialog({ promotion, onClose }: EndDialogProps) {
  const [reason, setReason] = useState("");
  const [, execute] = useEndPromotionMutation();
  const end = useCommand(execute, (answer) => answer.endPromotion?.promotionResult);
  const unanswered = end.state === "unanswered";
  const ready = reason.trim() !== "" && !unanswered;
  const isDraft = promotion.publishedAt === null;
  const send = async () => {
    if (await end.send({ promotionId: promotion.promotionId, reason: reason.trim() })) onClose();
  };
  return (
    <Dialog
      title={isDraft ? "Discard the draft" : "Stop the promotion"}
      subtitle={promotion.name}
      onClose={onClose}
      busy={end.busy}
    >
      <DialogForm onSubmit={() => ready && void send()}>
        {!isDraft && <p>Slips that close from now on get nothing from it. What it gave stays.</p>}
        <ReasonField
          value={reason}
          onChange={setReason}
          hint="It stays with the promotion."
          isDisabled={end.locked}
          autoFocus
        />
        <CommandProblem status={end} onRetry={() => void send()} />
        <DialogActions>
          <Button onPress={onClose} isDisabled={end.busy}>
            {unanswered ? "Leave it" : "Cancel"}
          </Button>
          <Button type="submit" look="danger" isPending={end.busy} isDisabled={!ready}>
            {isDraft ? "Discard it" : "Stop it"}
          </Button>
        </DialogActions>
      </DialogForm>
    </Dialog>
  );
}
