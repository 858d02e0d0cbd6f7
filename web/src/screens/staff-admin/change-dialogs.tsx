import { useState } from "react";
import { useCommand } from "../../api/command.ts";
import { CommandForm } from "../../components/command-form.tsx";
import { Dialog } from "../../components/dialog.tsx";
import { Picker } from "../../components/picker.tsx";
import {
  useAddCapabilityMutation,
  useChangeRoleMutation,
  useDeactivatePersonMutation,
  useReactivatePersonMutation,
  useRevokeSessionsMutation,
  useUnlockAccountMutation,
  useWithdrawCapabilityMutation,
} from "../../generated/graphql.ts";
import { term } from "../../words/term.ts";
import { words } from "../../words/words.ts";
import { ReasonDialog } from "./reason-dialog.tsx";
import { useAssignable } from "./use-assignable.ts";

const t = words("staffAdmin");

export interface Subject {
  staffId: string;
  name: string;
  role: string;
}

interface ChangeProps {
  person: Subject;
  onClose: () => void;
}

export function RoleDialog({ person, onClose }: ChangeProps) {
  const { roles } = useAssignable();
  const [role, setRole] = useState(person.role);
  const [, execute] = useChangeRoleMutation();
  const command = useCommand(
    ({ reason }: { reason: string }) => execute({ personId: person.staffId, role, reason }),
    (answer) => answer.changeRole?.staffResult,
  );
  return (
    <ReasonDialog
      title={t("role.title")}
      subtitle={person.name}
      confirm={t("role.confirm")}
      complete={role !== person.role}
      command={command}
      onClose={onClose}
    >
      <Picker
        label={t("column.role")}
        options={roles.map((id) => ({ id, label: term("role", id) }))}
        value={role}
        onChange={setRole}
        isDisabled={command.locked}
      />
      <p>{t("role.what")}</p>
    </ReasonDialog>
  );
}

export function CapabilityDialog({
  person,
  capability,
  add,
  onClose,
}: ChangeProps & { capability: string; add: boolean }) {
  const [, executeAdd] = useAddCapabilityMutation();
  const [, executeWithdraw] = useWithdrawCapabilityMutation();
  const variables = { personId: person.staffId, capability };
  const adding = useCommand(
    ({ reason }: { reason: string }) => executeAdd({ ...variables, reason }),
    (answer) => answer.addCapability?.staffResult,
  );
  const withdrawing = useCommand(
    ({ reason }: { reason: string }) => executeWithdraw({ ...variables, reason }),
    (answer) => answer.withdrawCapability?.staffResult,
  );
  const name = term("capability", capability);
  return (
    <ReasonDialog
      title={add ? t("capability.addTitle", { name }) : t("capability.withdrawTitle", { name })}
      subtitle={person.name}
      confirm={add ? t("capability.add") : t("capability.withdraw")}
      danger={!add}
      command={add ? adding : withdrawing}
      onClose={onClose}
    />
  );
}

export function ActiveDialog({ person, activate, onClose }: ChangeProps & { activate: boolean }) {
  const [, executeDeactivate] = useDeactivatePersonMutation();
  const [, executeReactivate] = useReactivatePersonMutation();
  const deactivating = useCommand(
    ({ reason }: { reason: string }) => executeDeactivate({ personId: person.staffId, reason }),
    (answer) => answer.deactivatePerson?.staffResult,
  );
  const reactivating = useCommand(
    ({ reason }: { reason: string }) => executeReactivate({ personId: person.staffId, reason }),
    (answer) => answer.reactivatePerson?.staffResult,
  );
  return (
    <ReasonDialog
      title={activate ? t("active.reactivateTitle") : t("active.deactivateTitle")}
      subtitle={person.name}
      confirm={activate ? t("active.reactivate") : t("active.deactivate")}
      danger={!activate}
      command={activate ? reactivating : deactivating}
      onClose={onClose}
    >
      <p>{activate ? t("active.reactivateWhat") : t("active.deactivateWhat")}</p>
    </ReasonDialog>
  );
}

/** What needs no reason: opening a lock, and signing somebody out everywhere. */
export function ConfirmDialog({ person, what, onClose }: ChangeProps & { what: "unlock" | "signOut" }) {
  const [, executeUnlock] = useUnlockAccountMutation();
  const [, executeRevoke] = useRevokeSessionsMutation();
  const unlocking = useCommand(executeUnlock, (answer) => answer.unlockAccount?.staffResult);
  const revoking = useCommand(executeRevoke, (answer) => answer.revokeSessions?.staffResult);
  const command = what === "unlock" ? unlocking : revoking;
  const send = async () => {
    if (await command.send({ personId: person.staffId })) onClose();
  };
  return (
    <Dialog title={t(`confirm.${what}.title`)} subtitle={person.name} onClose={onClose} busy={command.busy}>
      <CommandForm command={command} onSend={send} onClose={onClose} does={t(`confirm.${what}.confirm`)} autoFocus>
        <p>{t(`confirm.${what}.what`)}</p>
      </CommandForm>
    </Dialog>
  );
}
