import { type ReactNode, useState } from "react";
import type { Command } from "../../api/command.ts";
import { CommandForm } from "../../components/command-form.tsx";
import { Dialog } from "../../components/dialog.tsx";
import { ReasonField } from "../../components/reason-field.tsx";
import { words } from "../../words/words.ts";

const t = words("staffAdmin");

interface ReasonDialogProps {
  title: string;
  subtitle: string;
  /** What will happen, and what else is to be chosen. */
  children?: ReactNode;
  confirm: string;
  danger?: boolean;
  /** Whether all but the reason is given. */
  complete?: boolean;
  command: Command<{ reason: string }, unknown>;
  onClose: () => void;
}

/** A change of somebody's permissions: it always has a reason. */
export function ReasonDialog(props: ReasonDialogProps) {
  const { title, subtitle, children, confirm, danger = false, complete = true, command, onClose } = props;
  const [reason, setReason] = useState("");
  const ready = complete && reason.trim() !== "";
  const send = async () => {
    if (await command.send({ reason: reason.trim() })) onClose();
  };
  return (
    <Dialog title={title} subtitle={subtitle} onClose={onClose} busy={command.busy}>
      <CommandForm
        command={command}
        onSend={send}
        onClose={onClose}
        isReady={ready}
        look={danger ? "danger" : "primary"}
        does={confirm}
      >
        {children}
        <ReasonField
          value={reason}
          onChange={setReason}
          hint={t("reasonHint")}
          isDisabled={command.locked}
          autoFocus={children === undefined}
        />
      </CommandForm>
    </Dialog>
  );
}
