import { useEffect, useRef, useState } from "react";
import { giveInitialPassword } from "../../api/auth.ts";
import type { Problem } from "../../api/errors.ts";
import { Button } from "../../components/button.tsx";
import { DialogActions } from "../../components/dialog.tsx";
import { Notice, NoticeText, ProblemNotice } from "../../components/notice.tsx";
import { words } from "../../words/words.ts";
import styles from "./staff-admin.module.css";

const t = words("staffAdmin");

interface InitialPasswordProps {
  staffId: string;
  name: string;
  onClose: () => void;
  onGiven?: () => void;
}

/** Asks for a password to hand over, and shows it this once. */
export function InitialPassword({ staffId, name, onClose, onGiven }: InitialPasswordProps) {
  const [password, setPassword] = useState<string>();
  const [problem, setProblem] = useState<Problem>();
  const [busy, setBusy] = useState(false);
  const shown = useRef<HTMLParagraphElement>(null);
  useEffect(() => {
    if (password !== undefined) shown.current?.focus();
  }, [password]);

  const give = async () => {
    setBusy(true);
    setProblem(undefined);
    const answer = await giveInitialPassword(staffId);
    setBusy(false);
    setPassword(answer.password);
    setProblem(answer.problem);
    if (answer.password !== undefined) onGiven?.();
  };

  if (password !== undefined) {
    return (
      <>
        <Notice tone="good" title={t("password.given", { name })}>
          <NoticeText>{t("password.once")}</NoticeText>
        </Notice>
        <p className={styles.password} ref={shown} tabIndex={-1}>
          {password}
        </p>
        <DialogActions>
          <Button look="primary" onPress={onClose}>
            {t("password.done")}
          </Button>
        </DialogActions>
      </>
    );
  }
  return (
    <>
      <p>{t("password.what", { name })}</p>
      {problem && <ProblemNotice problem={problem} />}
      <DialogActions>
        <Button onPress={onClose} isDisabled={busy}>
          {t("cancel")}
        </Button>
        <Button look="primary" isPending={busy} onPress={() => void give()} autoFocus>
          {t("password.give")}
        </Button>
      </DialogActions>
    </>
  );
}
