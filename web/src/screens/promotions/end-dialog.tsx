import { useState } from "react";
import { useCommand } from "../../api/command.ts";
import { Button } from "../../components/button.tsx";
import { CommandProblem } from "../../components/command-problem.tsx";
import { Dialog, DialogActions, DialogForm } from "../../components/dialog.tsx";
import { ReasonField } from "../../components/reason-field.tsx";
import { type PromotionFragment, useEndPromotionMutation } from "../../generated/graphql.ts";
import { words } from "../../words/words.ts";

const t = words("promotions");

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
      title={isDraft ? t("end.discard") : t("end.stop")}
      subtitle={promotion.name}
      onClose={onClose}
      busy={end.busy}
    >
      <DialogForm onSubmit={() => ready && void send()}>
        {!isDraft && <p>{t("end.stays")}</p>}
        <ReasonField value={reason} onChange={setReason} hint={t("end.reason")} isDisabled={end.locked} autoFocus />
        <CommandProblem status={end} onRetry={() => void send()} />
        <DialogActions>
          <Button onPress={onClose} isDisabled={end.busy}>
            {unanswered ? t("leave") : t("cancel")}
          </Button>
          <Button type="submit" look="danger" isPending={end.busy} isDisabled={!ready}>
            {isDraft ? t("end.discardIt") : t("end.stopIt")}
          </Button>
        </DialogActions>
      </DialogForm>
    </Dialog>
  );
}
