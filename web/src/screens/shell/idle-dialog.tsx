import { Button } from "../../components/button.tsx";
import { Dialog, DialogActions } from "../../components/dialog.tsx";
import { formatDuration } from "../../lib/format.ts";
import { words } from "../../words/words.ts";

const t = words("shell");

interface IdleDialogProps {
  /** Seconds. */
  left: number;
  onStay: () => void;
}

export function IdleDialog({ left, onStay }: IdleDialogProps) {
  return (
    <Dialog title={t("idle.title")} onClose={onStay}>
      <p>{t("idle.text")}</p>
      <p role="timer">{t.rich("idle.left", { time: () => <b className="numeric">{formatDuration(left)}</b> })}</p>
      <DialogActions>
        <Button look="primary" onPress={onStay} autoFocus>
          {t("idle.stay")}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
