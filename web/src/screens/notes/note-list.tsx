import { useMe } from "../../api/session.tsx";
import { formatDateTime } from "../../lib/format.ts";
import { words } from "../../words/words.ts";
import { useStaffNames } from "../staff/use-staff-names.ts";
import styles from "./notes.module.css";

const t = words("notes");
const common = words("common");

interface Note {
  noteId: string;
  note: string;
  staffId: string;
  createdAt: string;
}

/** What people had to say about something, in the order in which it is given, and who said it when. */
export function NoteList({ notes }: { notes: readonly Note[] }) {
  const me = useMe();
  const nameOf = useStaffNames();
  if (notes.length === 0) return <p className={styles.by}>{t("none")}</p>;
  return (
    <ul className={styles.notes}>
      {notes.map(({ noteId, note, staffId, createdAt }) => (
        <li key={noteId} className={styles.note}>
          <p className={styles.text}>{note}</p>
          <p className={styles.by}>
            {nameOf(staffId) ?? common("somebody")}, {formatDateTime(createdAt, me.timezone)}
          </p>
        </li>
      ))}
    </ul>
  );
}
