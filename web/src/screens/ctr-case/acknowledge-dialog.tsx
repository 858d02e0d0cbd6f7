import { useState } from "react";
import { useCommand } from "../../api/command.ts";
import { Button } from "../../components/button.tsx";
import { CommandProblem } from "../../components/command-problem.tsx";
import { Dialog, DialogActions, DialogForm } from "../../components/dialog.tsx";
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
  const unanswered = acknowledge.state === "unanswered";
  const ready = bsaId.trim() !== "" && !unanswered;
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
      <DialogForm onSubmit={() => ready && void send()}>
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
        <CommandProblem status={acknowledge} onRetry={() => void send()} />
        <DialogActions>
          <Button onPress={onClose} isDisabled={acknowledge.busy}>
            {unanswered ? t("leave") : t("cancel")}
          </Button>
          <Button type="submit" look="primary" isPending={acknowledge.busy} isDisabled={!ready}>
            {t("actions.acknowledge")}
          </Button>
        </DialogActions>
      </DialogForm>
    </Dialog>
  );
}
