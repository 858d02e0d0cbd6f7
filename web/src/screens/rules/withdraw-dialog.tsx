import { useState } from "react";
import { useCommand } from "../../api/command.ts";
import { CommandForm } from "../../components/command-form.tsx";
import { Dialog } from "../../components/dialog.tsx";
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
  const ready = reason.trim() !== "";
  const send = async () => {
    if (await withdraw.send({ loyaltyDraftId: draft.loyaltyDraftId, reason: reason.trim() })) onClose();
  };
  return (
    <Dialog title={t("withdraw.title")} subtitle={draft.note} onClose={onClose} busy={withdraw.busy}>
      <CommandForm
        command={withdraw}
        onSend={send}
        onClose={onClose}
        isReady={ready}
        look="danger"
        does={t("withdraw.it")}
      >
        <ReasonField
          value={reason}
          onChange={setReason}
          hint={t("withdraw.hint")}
          isDisabled={withdraw.locked}
          autoFocus
        />
      </CommandForm>
    </Dialog>
  );
}
