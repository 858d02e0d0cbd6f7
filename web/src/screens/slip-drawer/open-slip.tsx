import { Banknote, Gift, MoveRight } from "lucide-react";
import { useLocation, useNavigate } from "react-router";
import type { Command } from "../../api/command.ts";
import { useMe } from "../../api/session.tsx";
import { Button, ButtonLink } from "../../components/button.tsx";
import { DrawerSection } from "../../components/drawer.tsx";
import { CorrelationId, Notice, NoticeText } from "../../components/notice.tsx";
import { Shortcut } from "../../components/shortcut.tsx";
import type { SlipCompletionFragment, SlipDetailsFragment } from "../../generated/graphql.ts";
import { formatSignedPoints } from "../../lib/format.ts";
import { howMany } from "../../lib/how-many.ts";
import { ariaShortcut, useShortcuts } from "../../lib/shortcuts.ts";
import { words } from "../../words/words.ts";
import { cashEntryPath } from "../mtl-entry/path.ts";
import { type Handover, useGo } from "../pit-board/places.ts";
import { BetSection } from "./bet-section.tsx";
import { CompleteButton } from "./complete-button.tsx";
import styles from "./open-slip.module.css";
import { PauseButton } from "./pause-button.tsx";
import { SlipFigures } from "./slip-figures.tsx";
import { Standing } from "./standing.tsx";

const t = words("slipDrawer");

interface OpenSlipProps {
  slip: SlipDetailsFragment;
  complete: Command<{ ratingSlipId: string }, SlipCompletionFragment>;
  onReward: () => void;
}

export function OpenSlip({ slip, complete, onReward }: OpenSlipProps) {
  const me = useMe();
  const go = useGo();
  const mayRate = me.can("floor:rate");
  const mayReward = me.can("loyalty:award") && Boolean(slip.player?.playerLoyalty);
  const cashPath = me.can("mtl:create") ? cashEntryPath(slip.playerId, slip.table?.tableId) : undefined;
  const navigate = useNavigate();
  const move = (handover?: Handover) => go({ panel: "move", slipId: slip.ratingSlipId, target: undefined }, handover);
  useShortcuts({
    ...(mayRate && { M: () => move({ byKey: true }) }),
    ...(mayReward && { R: onReward }),
    ...(cashPath && { K: () => void navigate(cashPath) }),
  });

  return (
    <>
      <DrawerSection>
        <LastSeat />
        <SlipFigures slip={slip} />
      </DrawerSection>
      {mayRate && <BetSection slip={slip} />}
      {mayRate && (
        <DrawerSection>
          <div className={styles.pair}>
            <PauseButton slip={slip} />
            <Button icon={<MoveRight size={18} />} keyShortcut={ariaShortcut("M")} onPress={() => move()}>
              {t("open.move")} <Shortcut letter="M" />
            </Button>
          </div>
          <CompleteButton slip={slip} complete={complete} />
        </DrawerSection>
      )}
      {slip.player?.playerLoyalty && (
        <DrawerSection>
          <Standing standing={slip.player.playerLoyalty} />
          {mayReward && (
            <Button icon={<Gift size={18} />} keyShortcut={ariaShortcut("R")} onPress={onReward}>
              {t("open.reward")} <Shortcut letter="R" />
            </Button>
          )}
        </DrawerSection>
      )}
      {cashPath && (
        <DrawerSection>
          <ButtonLink to={cashPath} icon={<Banknote size={18} />} keyShortcut={ariaShortcut("K")}>
            {t("open.cash")} <Shortcut letter="K" />
          </ButtonLink>
        </DrawerSection>
      )}
    </>
  );
}

/** After a move: the slip of the seat before was closed, and this is what it brought. */
function LastSeat() {
  const { lastSeat } = (useLocation().state as Handover | null) ?? {};
  if (!lastSeat) return null;
  if (lastSeat.outcome === "pending") {
    return (
      <Notice tone="warn" title={t("open.movedPending")} live="status">
        <NoticeText>{t("open.retried")}</NoticeText>
        <CorrelationId id={lastSeat.correlationId} />
      </Notice>
    );
  }
  return (
    <Notice tone="good" title={t("open.moved")} live="status">
      <NoticeText>
        {t("open.lastSeat", {
          points: formatSignedPoints(lastSeat.points ?? "0"),
          count: howMany(lastSeat.points),
          table: lastSeat.ratingSlip?.table?.label ?? t("open.lastTable"),
          seat: String(lastSeat.ratingSlip?.seatNo),
        })}
      </NoticeText>
    </Notice>
  );
}
