import { useCommand } from "../../api/command.ts";
import { useMe } from "../../api/session.tsx";
import { Button } from "../../components/button.tsx";
import { CommandProblem } from "../../components/command-problem.tsx";
import { Dialog, DialogActions } from "../../components/dialog.tsx";
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
  const unanswered = publish.state === "unanswered";
  const send = async () => {
    if (await publish.send({ loyaltyDraftId: draft.loyaltyDraftId })) onClose();
  };
  return (
    <Dialog title={t("publish.title")} subtitle={draft.note} onClose={onClose} busy={publish.busy}>
      <p>
        {draft.effectiveFrom === null
          ? t("publish.atOnce")
          : t("publish.from", { since: formatSince(draft.effectiveFrom, me.timezone) })}
      </p>
      <CommandProblem status={publish} onRetry={() => void send()} />
      <DialogActions>
        <Button onPress={onClose} isDisabled={publish.busy}>
          {unanswered ? t("leave") : t("cancel")}
        </Button>
        <Button look="primary" onPress={() => void send()} isPending={publish.busy} isDisabled={unanswered} autoFocus>
          {t("publish.it")}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
