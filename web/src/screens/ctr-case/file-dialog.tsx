import { useState } from "react";
import { useCommand } from "../../api/command.ts";
import { CommandForm } from "../../components/command-form.tsx";
import { Dialog } from "../../components/dialog.tsx";
import { Fact, Facts } from "../../components/facts.tsx";
import { type CaseFragment, useFileCtrMutation } from "../../generated/graphql.ts";
import { formatDay, formatMoney } from "../../lib/format.ts";
import { words } from "../../words/words.ts";
import { asOnTheForm } from "./labels.ts";

const t = words("ctrCase");

interface FileDialogProps {
  found: CaseFragment;
  onClose: () => void;
}

/** Notes what FinCEN was sent: what was filed stays as filed, a later change needs an amendment. */
export function FileDialog({ found, onClose }: FileDialogProps) {
  const [, execute] = useFileCtrMutation();
  const file = useCommand(execute, (answer) => answer.fileCtr?.ctrCaseResult);
  // The version that is meant, also when the case shows it as filed before its answer comes.
  const [version] = useState(found.nextVersion ?? 1);
  const send = async () => {
    const result = await file.send({ caseId: found.caseId ?? "", version });
    if (result) onClose();
  };
  return (
    <Dialog
      title={version > 1 ? t("file.amendment") : t("file.report")}
      subtitle={t("of", { name: found.name ?? "", day: formatDay(found.gamingDay ?? "") })}
      onClose={onClose}
      busy={file.busy}
    >
      <CommandForm command={asOnTheForm(file)} onSend={send} onClose={onClose} does={t("file.it")} keeps={t("notYet")}>
        <Facts large>
          <Fact label={t("file.in")}>{formatMoney(found.cashIn ?? "0")}</Fact>
          <Fact label={t("file.out")}>{formatMoney(found.cashOut ?? "0")}</Fact>
        </Facts>
        <p>{t("file.text")}</p>
      </CommandForm>
    </Dialog>
  );
}
