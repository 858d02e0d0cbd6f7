import { useCommand } from "../../api/command.ts";
import { useMe } from "../../api/session.tsx";
import { Button } from "../../components/button.tsx";
import { CommandProblem } from "../../components/command-problem.tsx";
import { Dialog, DialogActions } from "../../components/dialog.tsx";
import { type DraftFragment, usePublishDraftMutation } from "../../generated/graphql.ts";
import { formatSince } from "../../lib/format.ts";

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
    <Dialog title="Publish the draft" subtitle={draft.note} onClose={onClose} busy={publish.busy}>
      <p>
        These rules are in force{" "}
        {draft.effectiveFrom === null ? "at once" : `from ${formatSince(draft.effectiveFrom, me.timezone)}`}. Slips that
        are open keep the rules they began with. A published version never changes; another draft can follow it.
      </p>
      <CommandProblem status={publish} onRetry={() => void send()} />
      <DialogActions>
        <Button onPress={onClose} isDisabled={publish.busy}>
          {unanswered ? "Leave it" : "Cancel"}
        </Button>
        <Button look="primary" onPress={() => void send()} isPending={publish.busy} isDisabled={unanswered} autoFocus>
          Publish it
        </Button>
      </DialogActions>
    </Dialog>
  );
}
