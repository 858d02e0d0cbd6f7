import type { ReactNode } from "react";
import type { CommandStatus } from "../api/command.ts";
import { words } from "../words/words.ts";
import { Button } from "./button.tsx";
import { CommandProblem } from "./command-problem.tsx";
import { DialogActions, DialogForm } from "./dialog.tsx";

const t = words("components");

interface CommandFormProps {
  command: CommandStatus;
  /** Sends it, or sends it again when no answer came. */
  onSend: () => unknown;
  onClose: () => void;
  /** What it needs is there. */
  isReady?: boolean;
  look?: "primary" | "danger";
  /** What sending it does. */
  does: string;
  /** What not sending it does, where that says more than "Cancel". */
  keeps?: string;
  /** What else can be done here, before those two. */
  also?: ReactNode;
  /** Where there is nothing to type, the button has the focus. */
  autoFocus?: boolean;
  children: ReactNode;
}

/** A command in a dialog: what it needs, why it wasn't carried out, and the buttons that leave it and send it. */
export function CommandForm(props: CommandFormProps) {
  const { command, onSend, onClose, isReady = true, look = "primary", does, autoFocus = false, children } = props;
  const unanswered = command.state === "unanswered";
  const ready = isReady && !unanswered;
  return (
    <DialogForm onSubmit={() => ready && void onSend()}>
      {children}
      <CommandProblem status={command} onRetry={() => void onSend()} />
      <DialogActions>
        {props.also}
        <Button onPress={onClose} isDisabled={command.busy}>
          {unanswered ? t("command.leave") : (props.keeps ?? t("command.cancel"))}
        </Button>
        <Button type="submit" look={look} isPending={command.busy} isDisabled={!ready} autoFocus={autoFocus}>
          {does}
        </Button>
      </DialogActions>
    </DialogForm>
  );
}
