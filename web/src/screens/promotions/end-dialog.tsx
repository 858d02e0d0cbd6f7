import { useState } from "react";
import { useCommand } from "../../api/command.ts";
import { CommandForm } from "../../components/command-form.tsx";
import { Dialog } from "../../components/dialog.tsx";
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
  const ready = reason.trim() !== "";
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
      <CommandForm
        command={end}
        onSend={send}
        onClose={onClose}
        isReady={ready}
        look="danger"
        does={isDraft ? t("end.discardIt") : t("end.stopIt")}
      >
        {!isDraft && <p>{t("end.stays")}</p>}
        <ReasonField value={reason} onChange={setReason} hint={t("end.reason")} isDisabled={end.locked} autoFocus />
      </CommandForm>
    </Dialog>
  );
}
