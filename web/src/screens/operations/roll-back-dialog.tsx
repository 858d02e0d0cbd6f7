import { useState } from "react";
import { useCommand } from "../../api/command.ts";
import { Button } from "../../components/button.tsx";
import { CommandProblem } from "../../components/command-problem.tsx";
import { Dialog, DialogActions, DialogForm } from "../../components/dialog.tsx";
import { ReasonField } from "../../components/reason-field.tsx";
import { type ImportLineFragment, useRollBackImportMutation } from "../../generated/graphql.ts";
import { formatPoints } from "../../lib/format.ts";
import { howMany } from "../../lib/how-many.ts";
import { words } from "../../words/words.ts";

const t = words("operations");

interface RollBackDialogProps {
  batch: ImportLineFragment;
  onClose: () => void;
  onBegun: () => void;
}

/** Every entry of the import gets a compensating one; nothing is removed. */
export function RollBackDialog({ batch, onClose, onBegun }: RollBackDialogProps) {
  const [reason, setReason] = useState("");
  const [, execute] = useRollBackImportMutation();
  const rollBack = useCommand(execute, (answer) => answer.rollBackImport?.importBatch);
  const ready = reason.trim() !== "" && !rollBack.locked;
  const send = async () => {
    if (!(await rollBack.send({ importBatchId: batch.importBatchId, reason: reason.trim() }))) return;
    onBegun();
    onClose();
  };
  return (
    <Dialog
      title={t("rollBack.title")}
      subtitle={t("rollBack.about", { entries: formatPoints(batch.posted), count: howMany(batch.posted) })}
      onClose={onClose}
      busy={rollBack.busy}
    >
      <DialogForm onSubmit={() => ready && void send()}>
        <ReasonField value={reason} onChange={setReason} isDisabled={rollBack.locked} autoFocus />
        <CommandProblem status={rollBack} onRetry={() => void send()} />
        <DialogActions>
          <Button onPress={onClose} isDisabled={rollBack.busy}>
            {t("rollBack.keep")}
          </Button>
          <Button type="submit" look="danger" isPending={rollBack.busy} isDisabled={!ready}>
            {t("rollBack.go")}
          </Button>
        </DialogActions>
      </DialogForm>
    </Dialog>
  );
}
