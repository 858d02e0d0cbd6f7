import { X } from "lucide-react";
import type { ReactNode } from "react";
import { Dialog as AriaDialog, Heading, Modal, ModalOverlay } from "react-aria-components";
import { cx } from "../lib/cx.ts";
import { words } from "../words/words.ts";
import { Button } from "./button.tsx";
import styles from "./dialog.module.css";

const t = words("components");

interface DialogProps {
  title: string;
  subtitle?: ReactNode;
  onClose: () => void;
  /** While a command is under way its dialog stays. */
  busy?: boolean;
  /** For a table in it. */
  wide?: boolean;
  children: ReactNode;
}

/** Mounted while it is open. */
export function Dialog({ title, subtitle, onClose, busy = false, wide = false, children }: DialogProps) {
  return (
    <ModalOverlay
      isOpen
      isDismissable={false}
      isKeyboardDismissDisabled={busy}
      onOpenChange={(open) => !open && onClose()}
      className={styles.overlay ?? ""}
    >
      <Modal className={cx(styles.modal, wide && styles.broad)}>
        <AriaDialog className={styles.dialog ?? ""}>
          <header className={styles.head}>
            <div>
              <Heading slot="title" className={styles.title ?? ""}>
                {title}
              </Heading>
              {subtitle !== undefined && <p className={styles.subtitle}>{subtitle}</p>}
            </div>
            <Button look="quiet" icon={<X size={20} />} aria-label={t("close")} isDisabled={busy} onPress={onClose} />
          </header>
          <div className={styles.body}>{children}</div>
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}

export function DialogActions({ children }: { children: ReactNode }) {
  return <div className={styles.actions}>{children}</div>;
}

/** A dialog's form; its fields and actions are laid out by the dialog itself. */
export function DialogForm({ onSubmit, children }: { onSubmit: () => void; children: ReactNode }) {
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        onSubmit();
      }}
    >
      {children}
    </form>
  );
}
