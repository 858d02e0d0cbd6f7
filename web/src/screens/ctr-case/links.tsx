import { Unlink } from "lucide-react";
import { useState } from "react";
import { useCommand } from "../../api/command.ts";
import { useMe } from "../../api/session.tsx";
import { Button } from "../../components/button.tsx";
import { CommandForm } from "../../components/command-form.tsx";
import { Dialog } from "../../components/dialog.tsx";
import { NoteField } from "../../components/note-field.tsx";
import { type PatronLinkFragment, useUndoIdentificationMutation } from "../../generated/graphql.ts";
import { formatDateTime } from "../../lib/format.ts";
import { words } from "../../words/words.ts";
import { nameOfPerson } from "../compliance/person.ts";
import { useStaffNames } from "../staff/use-staff-names.ts";
import styles from "./links.module.css";

const t = words("ctrCase");

/** The unknown people who were identified as this player; each can be undone, with a note. */
export function Links({ links }: { links: readonly PatronLinkFragment[] }) {
  const me = useMe();
  const nameOf = useStaffNames();
  const [undoing, setUndoing] = useState<PatronLinkFragment>();
  return (
    <>
      <ul className={styles.links}>
        {links.map((link) => (
          <li key={link.linkId} className={styles.link}>
            <div>
              <p className={styles.name}>{nameOfPerson(link.unknownPatron)}</p>
              <p className={styles.detail}>
                {t("links.by", {
                  who: nameOf(link.linkedBy) ?? t("someone"),
                  when: formatDateTime(link.linkedAt, me.timezone),
                })}
              </p>
              {link.note && <p className={styles.detail}>{link.note}</p>}
            </div>
            <Button
              look="quiet"
              icon={<Unlink size={17} />}
              aria-label={t("links.undoOf", { name: nameOfPerson(link.unknownPatron) })}
              onPress={() => setUndoing(link)}
            />
          </li>
        ))}
      </ul>
      {undoing && <UndoDialog link={undoing} onClose={() => setUndoing(undefined)} />}
    </>
  );
}

function UndoDialog({ link, onClose }: { link: PatronLinkFragment; onClose: () => void }) {
  const [note, setNote] = useState("");
  const [, execute] = useUndoIdentificationMutation();
  const undo = useCommand(execute, (answer) => answer.undoIdentification?.identificationResult);
  const ready = note.trim() !== "";
  const send = async () => {
    const result = await undo.send({ patronId: link.unknownPatronId, note: note.trim() });
    if (result) onClose();
  };
  return (
    <Dialog title={t("links.undo")} subtitle={nameOfPerson(link.unknownPatron)} onClose={onClose} busy={undo.busy}>
      <CommandForm
        command={undo}
        onSend={send}
        onClose={onClose}
        isReady={ready}
        look="danger"
        does={t("links.undoIt")}
        keeps={t("links.keep")}
      >
        <p>{t("links.anew")}</p>
        <NoteField
          label={t("links.why")}
          hint={t("links.hint")}
          value={note}
          onChange={setNote}
          isDisabled={undo.locked}
          autoFocus
        />
      </CommandForm>
    </Dialog>
  );
}
