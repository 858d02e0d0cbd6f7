import { Eye, EyeOff } from "lucide-react";
import { type FormEvent, useEffect, useRef, useState } from "react";
import { signIn } from "../../api/auth.ts";
import type { Problem } from "../../api/errors.ts";
import { useSession } from "../../api/session.tsx";
import { Button } from "../../components/button.tsx";
import { Field } from "../../components/field.tsx";
import { Notice, NoticeText, ProblemNotice } from "../../components/notice.tsx";
import { words } from "../../words/words.ts";
import { LanguageToggle } from "../shell/language-toggle.tsx";
import { ThemeToggle } from "../shell/theme-toggle.tsx";
import { LockedNotice } from "./locked-notice.tsx";
import styles from "./sign-in.module.css";

const t = words("signIn");

const PROPERTY = "pitledger.property";

function rememberedProperty(): string {
  try {
    return localStorage.getItem(PROPERTY) ?? "";
  } catch {
    return "";
  }
}

function rememberProperty(code: string): void {
  try {
    localStorage.setItem(PROPERTY, code);
  } catch {
    // Then it is typed again next time.
  }
}

export function SignIn() {
  const { ended, renew } = useSession();
  const [casinoCode, setCasinoCode] = useState(rememberedProperty);
  const [username, setUsername] = useState("");
  const [password, setPassword] = useState("");
  const [shown, setShown] = useState(false);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem>();
  const [replacing, setReplacing] = useState(false);
  const [newPassword, setNewPassword] = useState("");
  const [again, setAgain] = useState("");
  const differs = replacing && again !== "" && again !== newPassword;
  const form = useRef<HTMLFormElement>(null);

  const title = t("tab");
  useEffect(() => {
    document.title = title;
  }, [title]);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (busy || (replacing && again !== newPassword)) return;
    setBusy(true);
    setProblem(undefined);
    const refused = await signIn({
      casino: casinoCode.trim().toUpperCase(),
      username: username.trim().toLowerCase(),
      password,
      ...(replacing && { newPassword }),
    });
    setBusy(false);
    if (!refused) {
      rememberProperty(casinoCode.trim().toUpperCase());
      return renew();
    }
    setProblem(refused);
    if (refused.code === "PASSWORD_CHANGE_REQUIRED" || refused.code === "INVALID_PASSWORD") {
      setReplacing(true);
      return;
    }
    setReplacing(false);
    setPassword("");
    form.current?.querySelector<HTMLInputElement>("input[autocomplete=current-password]")?.focus();
  };

  return (
    <div className={styles.screen}>
      <div className={styles.corner}>
        <LanguageToggle named />
        <ThemeToggle />
      </div>
      <main className={styles.main}>
        <header className={styles.brand}>
          <img src="/mark.svg" alt="" width={44} height={44} />
          <h1 className={styles.name}>PitLedger</h1>
          <p className={styles.claim}>{t("claim")}</p>
        </header>
        <form className={styles.form} ref={form} onSubmit={submit}>
          {ended && !problem && (
            <Notice tone="info" title={t("ended")} live="status">
              <NoticeText>{t("goOn")}</NoticeText>
            </Notice>
          )}
          {problem &&
            (problem.code === "ACCOUNT_LOCKED" ? (
              <LockedNotice problem={problem} />
            ) : (
              <ProblemNotice problem={problem} />
            ))}
          <Field
            label={t("property")}
            value={casinoCode}
            onChange={setCasinoCode}
            autoComplete="organization"
            verbatim
            isRequired
            autoFocus={casinoCode === ""}
          />
          <Field
            label={t("userName")}
            value={username}
            onChange={setUsername}
            autoComplete="username"
            verbatim
            isRequired
            autoFocus={casinoCode !== ""}
          />
          <Field
            label={t("password")}
            type={shown ? "text" : "password"}
            value={password}
            onChange={setPassword}
            autoComplete="current-password"
            isRequired
            action={
              <Button
                look="quiet"
                icon={shown ? <EyeOff size={18} /> : <Eye size={18} />}
                aria-label={shown ? t("hide") : t("show")}
                onPress={() => setShown(!shown)}
              />
            }
          />
          {replacing && (
            <>
              <Field
                label={t("newPassword")}
                hint={t("newPasswordHint")}
                type={shown ? "text" : "password"}
                value={newPassword}
                onChange={setNewPassword}
                autoComplete="new-password"
                isRequired
                autoFocus
              />
              <Field
                label={t("again")}
                type={shown ? "text" : "password"}
                value={again}
                onChange={setAgain}
                autoComplete="new-password"
                isRequired
                error={differs ? t("differs") : undefined}
              />
            </>
          )}
          <Button type="submit" look="primary" wide isPending={busy}>
            {replacing ? t("replace") : t("signIn")}
          </Button>
        </form>
      </main>
    </div>
  );
}
