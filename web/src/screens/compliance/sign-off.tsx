import { PenLine } from "lucide-react";
import { useState } from "react";
import { useCommand } from "../../api/command.ts";
import { useMe } from "../../api/session.tsx";
import { Button } from "../../components/button.tsx";
import { CommandProblem } from "../../components/command-problem.tsx";
import { Dialog, DialogActions, DialogForm } from "../../components/dialog.tsx";
import { NoteField } from "../../components/note-field.tsx";
import { Notice, NoticeText } from "../../components/notice.tsx";
import { Card } from "../../components/page.tsx";
import {
  type CaseLineFragment,
  type DaySignOffFragment,
  useSignOffGamingDayMutation,
} from "../../generated/graphql.ts";
import { formatCount, formatDateTime, formatDay } from "../../lib/format.ts";
import { useStaffNames } from "../staff/use-staff-names.ts";
import { CaseLines } from "./case-line.tsx";

interface SignOffProps {
  day: string;
  /** The running gaming day can't be signed off. */
  isOver: boolean;
  signedOff: DaySignOffFragment | null;
  /** Overdue first. */
  blocking: readonly CaseLineFragment[];
}

/** Whether a gaming day is signed off, or what blocks it. */
export function SignOff({ day, isOver, signedOff, blocking }: SignOffProps) {
  const me = useMe();
  const [signing, setSigning] = useState(false);
  const free = !signedOff && isOver && blocking.length === 0;
  return (
    <Card
      title="Sign-off"
      label="Sign-off"
      aside={
        free &&
        me.can("ctr:file") && (
          <Button look="primary" icon={<PenLine size={17} />} onPress={() => setSigning(true)}>
            Sign off
          </Button>
        )
      }
    >
      {signedOff && <Signature signedOff={signedOff} />}
      {free && (
        <Notice title="Nothing blocks it">
          <NoticeText>{formatDay(day)} has no case that is open or ready.</NoticeText>
        </Notice>
      )}
      {!signedOff && !isOver && <Notice title="The gaming day isn't over yet" />}
      {!signedOff && isOver && blocking.length > 0 && (
        <Notice
          tone="warn"
          title={blocking.length === 1 ? "1 case blocks it" : `${formatCount(blocking.length)} cases block it`}
        />
      )}
      {blocking.length > 0 && <CaseLines label="Cases that block the sign-off" cases={blocking} inset />}
      {signing && <SignOffDialog day={day} onClose={() => setSigning(false)} />}
    </Card>
  );
}

function Signature({ signedOff }: { signedOff: DaySignOffFragment }) {
  const me = useMe();
  const nameOf = useStaffNames();
  return (
    <Notice tone="good" title={`Signed off by ${nameOf(signedOff.signedOffBy) ?? "somebody"}`}>
      <NoticeText>{formatDateTime(signedOff.signedOffAt, me.timezone)}</NoticeText>
      {signedOff.note && <NoticeText>{signedOff.note}</NoticeText>}
    </Notice>
  );
}

function SignOffDialog({ day, onClose }: { day: string; onClose: () => void }) {
  const [note, setNote] = useState("");
  const [, execute] = useSignOffGamingDayMutation();
  const signOff = useCommand(execute, (answer) => answer.signOffGamingDay?.signOffResult);
  const unanswered = signOff.state === "unanswered";
  const send = async () => {
    const result = await signOff.send({ gamingDay: day, note: note.trim() === "" ? null : note.trim() });
    if (result) onClose();
  };
  return (
    <Dialog title="Sign off the gaming day" subtitle={formatDay(day)} onClose={onClose} busy={signOff.busy}>
      <DialogForm onSubmit={() => !unanswered && void send()}>
        <p>A gaming day is signed off once, and that can't be taken back.</p>
        <NoteField
          label="Note"
          hint="Optional; it stays with the signature."
          value={note}
          onChange={setNote}
          isDisabled={signOff.locked}
          isRequired={false}
          autoFocus
        />
        <CommandProblem status={signOff} onRetry={() => void send()} />
        <DialogActions>
          <Button onPress={onClose} isDisabled={signOff.busy}>
            {unanswered ? "Leave it" : "Not yet"}
          </Button>
          <Button type="submit" look="primary" isPending={signOff.busy} isDisabled={unanswered}>
            Sign off
          </Button>
        </DialogActions>
      </DialogForm>
    </Dialog>
  );
}
