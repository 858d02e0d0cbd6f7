import { UserRoundX } from "lucide-react";
import type { ReactNode, RefObject } from "react";
import { useState } from "react";
import { Button } from "../../components/button.tsx";
import fieldStyles from "../../components/field.module.css";
import { Finder } from "../../components/finder.tsx";
import { QueryProblem } from "../../components/notice.tsx";
import { Shortcut } from "../../components/shortcut.tsx";
import { ariaShortcut } from "../../lib/shortcuts.ts";
import { words } from "../../words/words.ts";
import type { Person } from "./draft.ts";
import styles from "./patron-field.module.css";
import { usePatronSearch } from "./use-patron-search.ts";

const t = words("mtlEntry");

interface PatronFieldProps {
  label: string;
  person: Person | undefined;
  onPick: (person: Person) => void;
  /** Goes back to searching. */
  onOther: () => void;
  /** Offered when the person isn't enrolled. */
  onDescribe?: () => void;
  /** Takes the whole field away again. */
  onNobody?: () => void;
  /** Enrolled players only. */
  playersOnly?: boolean;
  hint?: string | undefined;
  letter: string;
  inputRef: RefObject<HTMLInputElement | null>;
  missing: boolean;
  isDisabled: boolean;
  autoFocus?: boolean;
}

/** Whose cash it is: searched for, then shown with a way back. */
export function PatronField(props: PatronFieldProps) {
  const { label, person, onPick, onOther, onDescribe, onNobody, playersOnly = false, letter } = props;
  const [typed, setTyped] = useState("");
  const { people, settled, error, retry } = usePatronSearch(typed, playersOnly);

  if (person) {
    return (
      <Chosen label={label} aside={<Shortcut letter={letter} />}>
        <div className={styles.who}>
          <span className={styles.name}>{person.name}</span>
          <span className={`${styles.detail} numeric`}>{person.detail}</span>
        </div>
        <Button
          look="quiet"
          keyShortcut={ariaShortcut(letter)}
          isDisabled={props.isDisabled}
          onPress={onOther}
          aria-label={t("search.change", { label })}
        >
          {t("search.doChange")}
        </Button>
      </Chosen>
    );
  }
  return (
    <div className={styles.search}>
      <Finder
        label={label}
        aside={<Shortcut letter={letter} />}
        placeholder={playersOnly ? t("search.players") : t("search.everybody")}
        text={typed}
        onText={setTyped}
        hint={props.hint}
        found={people}
        settled={settled}
        idOf={(found) => found.patronId ?? found.playerId ?? ""}
        nameOf={(found) => found.name}
        onPick={onPick}
        none={playersOnly ? t("search.noPlayer") : t("search.nobody")}
        inputRef={props.inputRef}
        keyShortcut={ariaShortcut(letter)}
        isDisabled={props.isDisabled}
        autoFocus={props.autoFocus ?? false}
        error={props.missing ? (playersOnly ? t("search.findPlayer") : t("search.findPerson")) : undefined}
      >
        {(found) => (
          <span className={styles.who}>
            <span className={styles.name}>{found.name}</span>
            <span className={`${styles.detail} numeric`}>{found.detail}</span>
          </span>
        )}
      </Finder>
      {onDescribe && (
        <Button
          icon={<UserRoundX size={18} />}
          keyShortcut={ariaShortcut("U")}
          isDisabled={props.isDisabled}
          onPress={onDescribe}
        >
          {t("unknown")} <Shortcut letter="U" />
        </Button>
      )}
      {onNobody && (
        <Button isDisabled={props.isDisabled} onPress={onNobody}>
          {t("search.themselves")}
        </Button>
      )}
      {error && <QueryProblem error={error} onRetry={retry} />}
    </div>
  );
}

function Chosen({ label, aside, children }: { label: string; aside: ReactNode; children: ReactNode }) {
  return (
    <section className={fieldStyles.field} aria-label={label}>
      <div className={fieldStyles.head}>
        <span className={fieldStyles.label} aria-hidden="true">
          {label}
        </span>
        {aside}
      </div>
      <div className={styles.person}>{children}</div>
    </section>
  );
}
