import { useState } from "react";
import { useCommand } from "../../api/command.ts";
import { CommandForm } from "../../components/command-form.tsx";
import { Dialog } from "../../components/dialog.tsx";
import { Field } from "../../components/field.tsx";
import { type CaseFragment, useAcknowledgeCtrMutation } from "../../generated/graphql.ts";
import { formatDay } from "../../lib/format.ts";
import { words } from "../../words/words.ts";

const t = words("ctrCase");

interface AcknowledgeDialogProps {
  found: CaseFragment;
  onClose: () => void;
}

/** FinCEN has taken the report in, under an identifier of its own. */
export function AcknowledgeDialog({ found, onClose }: AcknowledgeDialogProps) {
  const [bsaId, setBsaId] = useState("");
  const [, execute] = useAcknowledgeCtrMutation();
  const acknowledge = useCommand(execute, (answer) => answer.acknowledgeCtr?.ctrCaseResult);
  const ready = bsaId.trim() !== "";
  const send = async () => {
    const result = await acknowledge.send({ caseId: found.caseId ?? "", bsaId: bsaId.trim() });
    if (result) onClose();
  };
  return (
    <Dialog
      title={t("acknowledge.title")}
      subtitle={t("of", { name: found.name ?? "", day: formatDay(found.gamingDay ?? "") })}
      onClose={onClose}
      busy={acknowledge.busy}
    >
      <CommandForm
        command={acknowledge}
        onSend={send}
        onClose={onClose}
        isReady={ready}
        does={t("actions.acknowledge")}
      >
        <Field
          label={t("report.bsaId")}
          hint={t("acknowledge.hint")}
          value={bsaId}
          onChange={setBsaId}
          inputMode="numeric"
          autoComplete="off"
          numeric
          verbatim
          autoFocus
          isDisabled={acknowledge.locked}
        />
      </CommandForm>
    </Dialog>
  );
}
