import { useState } from "react";
import { useCommand } from "../../api/command.ts";
import { Button } from "../../components/button.tsx";
import { CommandProblem } from "../../components/command-problem.tsx";
import { Dialog, DialogActions, DialogForm } from "../../components/dialog.tsx";
import { ReasonField } from "../../components/reason-field.tsx";
import { type DraftFragment, useWithdrawDraftMutation } from "../../generated/graphql.ts";
import { words } from "../../words/words.ts";

const t = words("rules");

interface WithdrawDialogProps {
  draft: DraftFragment;
  onClose: () => void;
}

/** The draft shall not come: its author takes it back, or somebody else declines it. */
export function WithdrawDialog({ draft, onClose }: WithdrawDialogProps) {
  const [reason, setReason] = useState("");
  const [, execute] = useWithdrawDraftMutation();
  const withdraw = useCommand(execute, (answer) => answer.withdrawDraft?.draftResult);
  const unanswered = withdraw.state === "unanswered";
  const ready = reason.trim() !== "" && !unanswered;
  const send = async () => {
    if (await withdraw.send({ loyaltyDraftId: draft.loyaltyDraftId, reason: reason.trim() })) onClose();
  };
  return (
    <Dialog title={t("withdraw.title")} subtitle={draft.note} onClose={onClose} busy={withdraw.busy}>
      <DialogForm onSubmit={() => ready && void send()}>
        <ReasonField
          value={reason}
          onChange={setReason}
          hint={t("withdraw.hint")}
          isDisabled={withdraw.locked}
          autoFocus
        />
        <CommandProblem status={withdraw} onRetry={() => void send()} />
        <DialogActions>
          <Button onPress={onClose} isDisabled={withdraw.busy}>
            {unanswered ? t("leave") : t("cancel")}
          </Button>
          <Button type="submit" look="danger" isPending={withdraw.busy} isDisabled={!ready}>
            {t("withdraw.it")}
          </Button>
        </DialogActions>
      </DialogForm>
    </Dialog>
  );
}
