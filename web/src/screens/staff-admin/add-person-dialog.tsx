import { useState } from "react";
import { useCommand } from "../../api/command.ts";
import { Button } from "../../components/button.tsx";
import { CommandForm } from "../../components/command-form.tsx";
import { Dialog, DialogActions } from "../../components/dialog.tsx";
import { Field } from "../../components/field.tsx";
import { Picker } from "../../components/picker.tsx";
import { useAddPersonMutation } from "../../generated/graphql.ts";
import { term } from "../../words/term.ts";
import { words } from "../../words/words.ts";
import { InitialPassword } from "./initial-password.tsx";
import { useAssignable } from "./use-assignable.ts";

const t = words("staffAdmin");

/** A new member of staff, and then the password to hand over. */
export function AddPersonDialog({ onClose, onGiven }: { onClose: () => void; onGiven: () => void }) {
  const { roles } = useAssignable();
  const [displayName, setDisplayName] = useState("");
  const [username, setUsername] = useState("");
  const [chosen, setChosen] = useState("");
  const [licenceNo, setLicenceNo] = useState("");
  const [, execute] = useAddPersonMutation();
  const add = useCommand(execute, (answer) => answer.addPerson?.staffResult?.staff);
  const role = chosen || (roles.find((each) => each === "floor_supervisor") ?? roles[0] ?? "");
  const ready = displayName.trim() !== "" && username.trim() !== "" && role !== "";
  const send = () =>
    add.send({
      username: username.trim(),
      displayName: displayName.trim(),
      role,
      licenceNo: licenceNo.trim() === "" ? null : licenceNo.trim(),
    });

  if (add.result) {
    const { staffId, displayName: name } = add.result;
    return (
      <Dialog title={t("add.added")} subtitle={name} onClose={onClose}>
        {!add.result.signsIn ? (
          <>
            <p>{t("add.noSignIn")}</p>
            <DialogActions>
              <Button look="primary" onPress={onClose} autoFocus>
                {t("password.done")}
              </Button>
            </DialogActions>
          </>
        ) : (
          <InitialPassword staffId={staffId} name={name} onClose={onClose} onGiven={onGiven} />
        )}
      </Dialog>
    );
  }
  return (
    <Dialog title={t("add.title")} onClose={onClose} busy={add.busy}>
      <CommandForm command={add} onSend={send} onClose={onClose} isReady={ready} does={t("add.send")}>
        <Field
          label={t("add.name")}
          value={displayName}
          onChange={setDisplayName}
          isRequired
          isDisabled={add.locked}
          autoComplete="off"
          autoFocus
        />
        <Field
          label={t("add.userName")}
          hint={t("add.userNameHint")}
          value={username}
          onChange={setUsername}
          isRequired
          isDisabled={add.locked}
          autoComplete="off"
          verbatim
        />
        <Picker
          label={t("column.role")}
          options={roles.map((id) => ({ id, label: term("role", id) }))}
          value={role}
          onChange={setChosen}
          isDisabled={add.locked}
        />
        <Field
          label={t("add.licence")}
          hint={t("add.licenceHint")}
          value={licenceNo}
          onChange={setLicenceNo}
          isDisabled={add.locked}
          autoComplete="off"
          verbatim
        />
      </CommandForm>
    </Dialog>
  );
}
