import type { Problem } from "../../api/errors.ts";
import { Button } from "../../components/button.tsx";
import { Dialog, DialogActions } from "../../components/dialog.tsx";
import { Notice, NoticeText } from "../../components/notice.tsx";

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
    <Dialog title="Recorded already?" subtitle={`${what} · ${person}`} onClose={onClose} busy={busy}>
      <Notice tone="warn" title={problem?.message ?? "The same entry was recorded a moment ago."}>
        <NoticeText>Record it only when the cash really changed hands a second time.</NoticeText>
      </Notice>
      <DialogActions>
        {/* The focus is where a second Enter does nothing. */}
        <Button onPress={onClose} isDisabled={busy} autoFocus>
          Don't record it
        </Button>
        <Button look="primary" isPending={busy} onPress={onConfirm}>
          Record it again
        </Button>
      </DialogActions>
    </Dialog>
  );
}
