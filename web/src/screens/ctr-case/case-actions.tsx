import { Download } from "lucide-react";
import { useState } from "react";
import { useCommand } from "../../api/command.ts";
import { Button } from "../../components/button.tsx";
import { CommandProblem } from "../../components/command-problem.tsx";
import { type CaseFragment, usePrepareCtrMutation } from "../../generated/graphql.ts";
import { words } from "../../words/words.ts";
import { AcknowledgeDialog } from "./acknowledge-dialog.tsx";
import styles from "./case-page.module.css";
import { ExportDialog } from "./export-dialog.tsx";
import { FileDialog } from "./file-dialog.tsx";
import { asOnTheForm } from "./labels.ts";

const t = words("ctrCase");

type Open = "export" | "file" | "acknowledge" | undefined;

/** The next step of a case, for whoever may take it. */
export function CaseActions({ found }: { found: CaseFragment }) {
  const [open, setOpen] = useState<Open>();
  const close = () => setOpen(undefined);
  const [, execute] = usePrepareCtrMutation();
  const prepare = useCommand(execute, (answer) => answer.prepareCtr?.ctrCaseResult);
  const caseId = found.caseId ?? "";
  const day = found.gamingDay ?? "";
  const amending = found.amendmentDue === true;
  const send = () => void prepare.send({ caseId });

  return (
    <>
      <div className={styles.actions}>
        {found.preparable && (
          <Button look="primary" isPending={prepare.busy} isDisabled={prepare.state === "unanswered"} onPress={send}>
            {t("actions.prepare")}
          </Button>
        )}
        {found.exportable && (
          <Button icon={<Download size={17} />} onPress={() => setOpen("export")}>
            {t("actions.export")}
          </Button>
        )}
        {found.fileable && (
          <Button look="primary" onPress={() => setOpen("file")}>
            {t(amending ? "actions.amend" : "actions.file")}
          </Button>
        )}
        {found.acknowledgeable && (
          <Button look={amending ? "secondary" : "primary"} onPress={() => setOpen("acknowledge")}>
            {t("actions.acknowledge")}
          </Button>
        )}
      </div>
      <CommandProblem status={asOnTheForm(prepare)} onRetry={send} />
      {open === "export" && <ExportDialog first={day} last={day} onClose={close} />}
      {open === "file" && <FileDialog found={found} onClose={close} />}
      {open === "acknowledge" && <AcknowledgeDialog found={found} onClose={close} />}
    </>
  );
}
