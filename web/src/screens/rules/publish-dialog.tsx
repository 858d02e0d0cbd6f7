import { useCommand } from "../../api/command.ts";
import { useMe } from "../../api/session.tsx";
import { CommandForm } from "../../components/command-form.tsx";
import { Dialog } from "../../components/dialog.tsx";
import { type DraftFragment, usePublishDraftMutation } from "../../generated/graphql.ts";
import { formatSince } from "../../lib/format.ts";
import { words } from "../../words/words.ts";

const t = words("rules");

interface PublishDialogProps {
  draft: DraftFragment;
  onClose: () => void;
}

/** The second person puts the draft in force; it can't be taken back, only followed by another. */
export function PublishDialog({ draft, onClose }: PublishDialogProps) {
  const me = useMe();
  const [, execute] = usePublishDraftMutation();
  const publish = useCommand(execute, (answer) => answer.publishDraft?.draftResult);
  const send = async () => {
    if (await publish.send({ loyaltyDraftId: draft.loyaltyDraftId })) onClose();
  };
  return (
    <Dialog title={t("publish.title")} subtitle={draft.note} onClose={onClose} busy={publish.busy}>
      <CommandForm command={publish} onSend={send} onClose={onClose} does={t("publish.it")} autoFocus>
        <p>
          {draft.effectiveFrom === null
            ? t("publish.atOnce")
            : t("publish.from", { since: formatSince(draft.effectiveFrom, me.timezone) })}
        </p>
      </CommandForm>
    </Dialog>
  );
}
