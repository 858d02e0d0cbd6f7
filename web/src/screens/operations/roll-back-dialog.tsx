import { useState } from "react";
import { useCommand } from "../../api/command.ts";
import { CommandForm } from "../../components/command-form.tsx";
import { Dialog } from "../../components/dialog.tsx";
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
  const ready = reason.trim() !== "";
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
      <CommandForm
        command={rollBack}
        onSend={send}
        onClose={onClose}
        isReady={ready}
        look="danger"
        does={t("rollBack.go")}
        keeps={t("rollBack.keep")}
      >
        <ReasonField value={reason} onChange={setReason} isDisabled={rollBack.locked} autoFocus />
      </CommandForm>
    </Dialog>
  );
}
