import { type ReactNode, useState } from "react";
import type { Command } from "../../api/command.ts";
import { Button } from "../../components/button.tsx";
import { CommandProblem } from "../../components/command-problem.tsx";
import { Dialog, DialogActions, DialogForm } from "../../components/dialog.tsx";
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
  const unanswered = command.state === "unanswered";
  const ready = complete && reason.trim() !== "" && !unanswered;
  const send = async () => {
    if (await command.send({ reason: reason.trim() })) onClose();
  };
  const retry = async () => {
    if (await command.retry()) onClose();
  };
  return (
    <Dialog title={title} subtitle={subtitle} onClose={onClose} busy={command.busy}>
      <DialogForm onSubmit={() => ready && void send()}>
        {children}
        <ReasonField
          value={reason}
          onChange={setReason}
          hint={t("reasonHint")}
          isDisabled={command.locked}
          autoFocus={children === undefined}
        />
        <CommandProblem status={command} onRetry={() => void retry()} />
        <DialogActions>
          <Button onPress={onClose} isDisabled={command.busy}>
            {unanswered ? t("leaveIt") : t("cancel")}
          </Button>
          <Button type="submit" look={danger ? "danger" : "primary"} isPending={command.busy} isDisabled={!ready}>
            {confirm}
          </Button>
        </DialogActions>
      </DialogForm>
    </Dialog>
  );
}
