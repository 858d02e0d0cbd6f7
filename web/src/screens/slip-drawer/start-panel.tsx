import { useState } from "react";
import { useCommand } from "../../api/command.ts";
import { BetField } from "../../components/bet-field.tsx";
import { Button } from "../../components/button.tsx";
import { CommandProblem } from "../../components/command-problem.tsx";
import { Drawer, DrawerSection } from "../../components/drawer.tsx";
import { Tier } from "../../components/tier.tsx";
import { type FoundPlayerFragment, useOpenVisitMutation, useStartRatingSlipMutation } from "../../generated/graphql.ts";
import { parseAmount } from "../../lib/money.ts";
import { words } from "../../words/words.ts";
import type { BoardTable } from "../pit-board/board.ts";
import { useGo } from "../pit-board/places.ts";
import { useHold } from "../pit-board/use-held-seats.ts";
import { PlayerPicker } from "./player-picker.tsx";
import styles from "./start-panel.module.css";

const t = words("slipDrawer");

interface StartPanelProps {
  table: BoardTable;
  seatNo: number;
  onHold: (isHeld: boolean) => void;
  onClose: () => void;
}

export function StartPanel({ table, seatNo, onHold, onClose }: StartPanelProps) {
  const [player, setPlayer] = useState<FoundPlayerFragment>();
  return (
    <Drawer
      title={t("start.title")}
      subtitle={`${table.label} · ${t("seat", { seat: String(seatNo) })} · ${table.pit}`}
      onClose={onClose}
    >
      <DrawerSection>
        {player ? (
          <StartForm
            key={player.playerId}
            player={player}
            tableId={table.tableId}
            seatNo={seatNo}
            onHold={onHold}
            onOther={() => setPlayer(undefined)}
          />
        ) : (
          <PlayerPicker onPick={setPlayer} />
        )}
      </DrawerSection>
    </Drawer>
  );
}

interface StartFormProps {
  player: FoundPlayerFragment;
  tableId: string;
  seatNo: number;
  onHold: (isHeld: boolean) => void;
  onOther: () => void;
}

function StartForm({ player, tableId, seatNo, onHold, onOther }: StartFormProps) {
  const go = useGo();
  const [bet, setBet] = useState("");
  const [, openVisit] = useOpenVisitMutation();
  const [, startSlip] = useStartRatingSlipMutation();
  const visit = useCommand(openVisit, (data) => data.openVisit?.visitResult?.visit);
  const slip = useCommand(startSlip, (data) => data.startRatingSlip?.slipResult?.ratingSlip);
  const amount = parseAmount(bet);
  const locked = visit.locked || slip.locked;
  useHold(locked, onHold);

  // A player without an open visit gets one; one who has one keeps it.
  const start = async () => {
    if (amount === undefined) return;
    const opened = visit.result ?? (await visit.send({ playerId: player.playerId }));
    if (!opened) return;
    const averageBet = amount;
    const started = await slip.send({ visitId: opened.visitId, tableId, seatNo, averageBet });
    if (started) go({ panel: "slip", slipId: started.ratingSlipId });
  };

  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        void start();
      }}
    >
      <div className={styles.player}>
        <div className={styles.who}>
          <span className={styles.name}>
            {player.firstName} {player.lastName}
          </span>
          <span className={`${styles.card} numeric`}>{t("card", { number: player.cardNo })}</span>
        </div>
        {player.playerLoyalty && <Tier tier={player.playerLoyalty.tier} />}
        <Button look="quiet" isDisabled={locked} onPress={onOther}>
          {t("start.change")}
        </Button>
      </div>
      <BetField label={t("start.bet")} value={bet} onChange={setBet} isDisabled={locked} autoFocus />
      <CommandProblem status={slip.problem ? slip : visit} onRetry={start} />
      <Button
        type="submit"
        look="primary"
        wide
        isDisabled={amount === undefined || visit.state === "unanswered" || slip.state === "unanswered"}
        isPending={visit.busy || slip.busy}
      >
        {t("start.start")}
      </Button>
    </form>
  );
}
