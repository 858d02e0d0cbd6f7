import { useState } from "react";
import { useCommand } from "../../api/command.ts";
import { CommandForm } from "../../components/command-form.tsx";
import { Dialog } from "../../components/dialog.tsx";
import { Fact, Facts } from "../../components/facts.tsx";
import { NoteField } from "../../components/note-field.tsx";
import { type AlertFragment, useResolveAlertMutation } from "../../generated/graphql.ts";
import { formatDay, formatMoney } from "../../lib/format.ts";
import { words } from "../../words/words.ts";
import { nameOfPerson } from "../compliance/person.ts";
import { nameOfRule } from "./rules.ts";

const t = words("alerts");

interface ResolveDialogProps {
  alert: AlertFragment;
  onClose: () => void;
}

/** Closes an alert with what the reviewer found; the alert and the note stay. */
export function ResolveDialog({ alert, onClose }: ResolveDialogProps) {
  const [note, setNote] = useState("");
  const [, execute] = useResolveAlertMutation();
  const resolve = useCommand(execute, (answer) => answer.resolveAlert?.alertResult);
  const ready = note.trim() !== "";
  const send = async () => {
    const result = await resolve.send({ alertId: alert.alertId, note: note.trim() });
    if (result) onClose();
  };

  return (
    <Dialog
      title={t("resolveOf", { rule: nameOfRule(alert.rule) })}
      subtitle={nameOfPerson(alert.patron)}
      onClose={onClose}
      busy={resolve.busy}
    >
      <CommandForm
        command={resolve}
        onSend={send}
        onClose={onClose}
        isReady={ready}
        does={t("resolve")}
        keeps={t("keep")}
      >
        <Facts>
          <Fact label={t("gamingDay")}>{formatDay(alert.gamingDay)}</Fact>
          <Fact label={alert.direction === "in" ? t("cash.in") : t("cash.out")}>{formatMoney(alert.amount)}</Fact>
        </Facts>
        <NoteField
          label={t("note.label")}
          hint={t("note.hint")}
          value={note}
          onChange={setNote}
          isDisabled={resolve.locked}
          autoFocus
        />
      </CommandForm>
    </Dialog>
  );
}
