import { useState } from "react";
import { useNavigate } from "react-router";
import { Dialog } from "../../components/dialog.tsx";
import { Finder } from "../../components/finder.tsx";
import { words } from "../../words/words.ts";
import styles from "./command-palette.module.css";
import { type Found, useFound } from "./use-found.ts";

const t = words("shell");

/** Goes anywhere by a few letters: a place, a player by name or card, a table, a case, a request. */
export function CommandPalette({ onClose }: { onClose: () => void }) {
  const navigate = useNavigate();
  const [text, setText] = useState("");
  const { found, settled } = useFound(text);
  const go = ({ to }: Found) => {
    onClose();
    void navigate(to);
  };
  return (
    <Dialog title={t("palette.title")} subtitle={t("palette.about")} onClose={onClose}>
      <div className={styles.room}>
        <Finder
          label={t("palette.label")}
          placeholder={t("palette.placeholder")}
          text={text}
          onText={setText}
          found={found}
          settled={settled}
          idOf={(each) => each.to}
          nameOf={(each) => each.name}
          onPick={go}
          none={t("palette.none")}
          autoFocus
        >
          {(each) => (
            <span className={styles.option}>
              <span>{each.name}</span>
              <span className={styles.kind}>{each.about}</span>
            </span>
          )}
        </Finder>
      </div>
    </Dialog>
  );
}
