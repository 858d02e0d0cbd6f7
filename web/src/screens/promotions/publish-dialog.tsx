import { useCommand } from "../../api/command.ts";
import { useMe } from "../../api/session.tsx";
import { CommandForm } from "../../components/command-form.tsx";
import { Dialog } from "../../components/dialog.tsx";
import { type PromotionFragment, usePublishPromotionMutation } from "../../generated/graphql.ts";
import { formatMoment, formatPoints } from "../../lib/format.ts";
import { howMany } from "../../lib/how-many.ts";
import { words } from "../../words/words.ts";
import { plain } from "../rules/parameters.ts";

const t = words("promotions");

interface PublishPromotionDialogProps {
  promotion: PromotionFragment;
  onClose: () => void;
}

/** The second person, without whom a campaign gives nothing. */
export function PublishPromotionDialog({ promotion, onClose }: PublishPromotionDialogProps) {
  const me = useMe();
  const [, execute] = usePublishPromotionMutation();
  const publish = useCommand(execute, (answer) => answer.publishPromotion?.promotionResult);
  const send = async () => {
    if (await publish.send({ promotionId: promotion.promotionId })) onClose();
  };
  return (
    <Dialog title={t("publishing.title")} subtitle={promotion.name} onClose={onClose} busy={publish.busy}>
      <CommandForm command={publish} onSend={send} onClose={onClose} does={t("publishing.it")} autoFocus>
        <p>
          {t("publishing.text", {
            from: formatMoment(promotion.startsAt, me.timezone),
            until: formatMoment(promotion.endsAt, me.timezone),
            factor: plain(promotion.multiplier),
            budget: formatPoints(promotion.budget),
            count: howMany(promotion.budget),
          })}
        </p>
      </CommandForm>
    </Dialog>
  );
}
