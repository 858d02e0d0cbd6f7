import { LogOut } from "lucide-react";
import { Button } from "../../components/button.tsx";
import { Notice, NoticeText } from "../../components/notice.tsx";
import { Shortcut } from "../../components/shortcut.tsx";
import { formatMoney } from "../../lib/format.ts";
import { ariaShortcut } from "../../lib/shortcuts.ts";
import { words } from "../../words/words.ts";
import type { Entry } from "./use-entry.ts";

const t = words("mtlEntry");

/** A money play counts as the increase of what rides; somebody who has left begins anew. */
export function LeavesTable({ entry }: { entry: Entry }) {
  const { locked, leave } = entry;
  const { busy } = entry.leaving.command;
  return (
    <div>
      <Button
        icon={<LogOut size={18} />}
        keyShortcut={ariaShortcut("L")}
        isPending={busy}
        isDisabled={locked && !busy}
        onPress={leave}
      >
        {t("form.leaves")} <Shortcut letter="L" />
      </Button>
    </div>
  );
}

/** What rode until somebody left. */
export function Left({ entry }: { entry: Entry }) {
  const { player, table } = entry.reading;
  const { result } = entry.leaving.command;
  if (!result || !player || !table) return null;
  const where = { name: player.name, table: table.label };
  const amount = result.endedAmount;
  if (amount == null) return <Notice title={t("left.nothing", where)} live="status" />;
  return (
    <Notice tone="good" title={t("left.rides", { ...where, amount: formatMoney(amount) })} live="status">
      <NoticeText>{t("left.next")}</NoticeText>
    </Notice>
  );
}
