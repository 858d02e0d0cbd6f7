import { Download } from "lucide-react";
import { useState } from "react";
import { useCommand } from "../../api/command.ts";
import { useMe } from "../../api/session.tsx";
import { Button } from "../../components/button.tsx";
import { CommandProblem } from "../../components/command-problem.tsx";
import { type CaseFragment, usePrepareCtrMutation } from "../../generated/graphql.ts";
import { words } from "../../words/words.ts";
import { AcknowledgeDialog } from "./acknowledge-dialog.tsx";
import styles from "./case-page.module.css";
import { ExportDialog } from "./export-dialog.tsx";
import { FileDialog } from "./file-dialog.tsx";

const t = words("ctrCase");

type Open = "export" | "file" | "acknowledge" | undefined;

/** The next step of a case, for whoever may take it. */
export function CaseActions({ found }: { found: CaseFragment }) {
  const me = useMe();
  const [open, setOpen] = useState<Open>();
  const close = () => setOpen(undefined);
  const [, execute] = usePrepareCtrMutation();
  const prepare = useCommand(execute, (answer) => answer.prepareCtr?.ctrCaseResult);
  const caseId = found.caseId ?? "";
  const mayFile = me.can("ctr:file");
  const amending = found.amendmentDue === true;
  const send = () => void prepare.send({ caseId });

  return (
    <>
      <div className={styles.actions}>
        {found.state === "open" && (
          <Button look="primary" isPending={prepare.busy} isDisabled={prepare.state === "unanswered"} onPress={send}>
            {t("actions.prepare")}
          </Button>
        )}
        {mayFile && (found.state === "ready" || amending) && (
          <Button icon={<Download size={17} />} onPress={() => setOpen("export")}>
            {t("actions.export")}
          </Button>
        )}
        {mayFile && (found.state === "ready" || (found.state === "closed" && found.exported)) && (
          <Button look="primary" onPress={() => setOpen("file")}>
            {t("actions.file")}
          </Button>
        )}
        {mayFile && amending && (
          <Button look="primary" onPress={() => setOpen("file")}>
            {t("actions.amend")}
          </Button>
        )}
        {mayFile && found.state === "filed" && (
          <Button look={amending ? "secondary" : "primary"} onPress={() => setOpen("acknowledge")}>
            {t("actions.acknowledge")}
          </Button>
        )}
      </div>
      <CommandProblem status={prepare} onRetry={send} />
      {open === "export" && <ExportDialog day={found.gamingDay ?? ""} onClose={close} />}
      {open === "file" && <FileDialog found={found} onClose={close} />}
      {open === "acknowledge" && <AcknowledgeDialog found={found} onClose={close} />}
    </>
  );
}
