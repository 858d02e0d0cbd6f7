import type { Problem } from "../../api/errors.ts";
import { Button } from "../../components/button.tsx";
import { Dialog, DialogActions } from "../../components/dialog.tsx";
import { Notice, NoticeText } from "../../components/notice.tsx";
import { words } from "../../words/words.ts";

const t = words("mtlEntry");

interface DuplicateDialogProps {
  what: string;
  person: string;
  problem: Problem | undefined;
  busy: boolean;
  onConfirm: () => void;
  onClose: () => void;
}

/** The same was recorded a moment ago: somebody has to say that it really happened twice. */
export function DuplicateDialog({ what, person, problem, busy, onConfirm, onClose }: DuplicateDialogProps) {
  return (
    <Dialog title={t("duplicate.title")} subtitle={`${what} · ${person}`} onClose={onClose} busy={busy}>
      <Notice tone="warn" title={problem?.message ?? t("duplicate.same")}>
        <NoticeText>{t("duplicate.only")}</NoticeText>
      </Notice>
      <DialogActions>
        {/* The focus is where a second Enter does nothing. */}
        <Button onPress={onClose} isDisabled={busy} autoFocus>
          {t("duplicate.no")}
        </Button>
        <Button look="primary" isPending={busy} onPress={onConfirm}>
          {t("duplicate.again")}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
