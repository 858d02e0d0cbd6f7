import { PenLine } from "lucide-react";
import { useState } from "react";
import { useCommand } from "../../api/command.ts";
import { useMe } from "../../api/session.tsx";
import { Button } from "../../components/button.tsx";
import { CommandForm } from "../../components/command-form.tsx";
import { Dialog } from "../../components/dialog.tsx";
import { NoteField } from "../../components/note-field.tsx";
import { Notice, NoticeText } from "../../components/notice.tsx";
import { Card } from "../../components/page.tsx";
import {
  type CaseLineFragment,
  type DaySignOffFragment,
  useSignOffGamingDayMutation,
} from "../../generated/graphql.ts";
import { formatDateTime, formatDay } from "../../lib/format.ts";
import { words } from "../../words/words.ts";
import { useStaffNames } from "../staff/use-staff-names.ts";
import { CaseLines } from "./case-line.tsx";

const t = words("compliance");

interface SignOffProps {
  day: string;
  standing: string | null;
  signedOff: DaySignOffFragment | null;
  /** Overdue first. */
  blocking: readonly CaseLineFragment[];
}

/** Whether a gaming day is signed off, or what blocks it. */
export function SignOff({ day, standing, signedOff, blocking }: SignOffProps) {
  const [signing, setSigning] = useState(false);
  const signable = standing === "signable";
  const free = signable || standing === "free";
  return (
    <Card
      title={t("signOff.title")}
      label={t("signOff.title")}
      aside={
        signable && (
          <Button look="primary" icon={<PenLine size={17} />} onPress={() => setSigning(true)}>
            {t("signOff.do")}
          </Button>
        )
      }
    >
      {signedOff && <Signature signedOff={signedOff} />}
      {free && (
        <Notice title={t("signOff.free")}>
          <NoticeText>{t("signOff.noCase", { day: formatDay(day) })}</NoticeText>
        </Notice>
      )}
      {standing === "running" && <Notice title={t("signOff.running")} />}
      {standing === "blocked" && <Notice tone="warn" title={t("signOff.blocked", { count: blocking.length })} />}
      {blocking.length > 0 && <CaseLines label={t("signOff.blocking")} cases={blocking} inset />}
      {signing && <SignOffDialog day={day} onClose={() => setSigning(false)} />}
    </Card>
  );
}

function Signature({ signedOff }: { signedOff: DaySignOffFragment }) {
  const me = useMe();
  const nameOf = useStaffNames();
  return (
    <Notice tone="good" title={t("signOff.by", { who: nameOf(signedOff.signedOffBy) ?? t("somebody") })}>
      <NoticeText>{formatDateTime(signedOff.signedOffAt, me.timezone)}</NoticeText>
      {signedOff.note && <NoticeText>{signedOff.note}</NoticeText>}
    </Notice>
  );
}

function SignOffDialog({ day, onClose }: { day: string; onClose: () => void }) {
  const [note, setNote] = useState("");
  const [, execute] = useSignOffGamingDayMutation();
  const signOff = useCommand(execute, (answer) => answer.signOffGamingDay?.signOffResult);
  const send = async () => {
    const result = await signOff.send({ gamingDay: day, note: note.trim() === "" ? null : note.trim() });
    if (result) onClose();
  };
  return (
    <Dialog title={t("signOff.ask")} subtitle={formatDay(day)} onClose={onClose} busy={signOff.busy}>
      <CommandForm command={signOff} onSend={send} onClose={onClose} does={t("signOff.do")} keeps={t("signOff.notYet")}>
        <p>{t("signOff.once")}</p>
        <NoteField
          label={t("signOff.note")}
          hint={t("signOff.noteHint")}
          value={note}
          onChange={setNote}
          isDisabled={signOff.locked}
          isRequired={false}
          autoFocus
        />
      </CommandForm>
    </Dialog>
  );
}
