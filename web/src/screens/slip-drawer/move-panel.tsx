import { type RefObject, useEffect, useRef, useState } from "react";
import { useLocation } from "react-router";
import { useCommand } from "../../api/command.ts";
import { BetField } from "../../components/bet-field.tsx";
import { Button } from "../../components/button.tsx";
import { CommandProblem } from "../../components/command-problem.tsx";
import { Drawer, DrawerSection } from "../../components/drawer.tsx";
import { Notice, NoticeText, QueryProblem } from "../../components/notice.tsx";
import { Loading, Skeleton } from "../../components/skeleton.tsx";
import { type SlipDetailsFragment, useMovePlayerMutation, useSlipQuery } from "../../generated/graphql.ts";
import { amountText, parseAmount } from "../../lib/money.ts";
import { words } from "../../words/words.ts";
import type { BoardTable } from "../pit-board/board.ts";
import { type Handover, useGo } from "../pit-board/places.ts";
import { useHold } from "../pit-board/use-held-seats.ts";
import styles from "./move-panel.module.css";
import { placeOf } from "./slip-panel.tsx";

const t = words("slipDrawer");

interface Target {
  table: BoardTable | undefined;
  seatNo: number;
}

interface MovePanelProps {
  slipId: string;
  /** The free seat that was picked on the board. */
  target: Target | undefined;
  onHold: (isHeld: boolean) => void;
  /** Moves the focus to a free seat of the board. */
  toFreeSeat: () => void;
}

export function MovePanel({ slipId, target, onHold, toFreeSeat }: MovePanelProps) {
  const go = useGo();
  const bet = useRef<HTMLInputElement>(null);
  const [byKey] = useState((useLocation().state as Handover | null)?.byKey ?? false);
  const [{ data, error, fetching }, refetch] = useSlipQuery({
    variables: { ratingSlipId: slipId },
  });
  const slip = data?.ratingSlip;
  const back = () => go({ panel: "slip", slipId });

  // Whoever got here with the keyboard goes on among the free seats.
  useEffect(() => {
    if (!byKey && !document.activeElement?.matches(":focus-visible")) return;
    toFreeSeat();
  }, [byKey, toFreeSeat]);

  // A seat that was picked with the keyboard leads on to its bet.
  const picked = target && `${target.table?.tableId}:${target.seatNo}`;
  useEffect(() => {
    if (picked === undefined || !document.activeElement?.matches("[data-free-seat]:focus-visible")) return;
    bet.current?.select();
  }, [picked]);

  return (
    <Drawer
      title={
        slip?.player ? t("move.whom", { player: `${slip.player.firstName} ${slip.player.lastName}` }) : t("move.title")
      }
      subtitle={slip ? t("move.from", { place: placeOf(slip) }) : undefined}
      onClose={back}
      leavesPage
    >
      <DrawerSection>
        <div className={styles.panel}>
          {error && !slip && <QueryProblem error={error} onRetry={() => refetch({ requestPolicy: "network-only" })} />}
          {!slip && fetching && (
            <Loading what={t("loading")}>
              <Skeleton height="6rem" />
            </Loading>
          )}
          {slip && !target && (
            <Notice title={t("move.pick")} live="status">
              <NoticeText>{t("move.how")}</NoticeText>
            </Notice>
          )}
          {slip && target && <MoveForm slip={slip} picked={target} onHold={onHold} betRef={bet} />}
          {slip && <p className={styles.ends}>{t("move.ends")}</p>}
          <Button onPress={back}>{t("move.stay")}</Button>
        </div>
      </DrawerSection>
    </Drawer>
  );
}

interface MoveFormProps {
  slip: SlipDetailsFragment;
  picked: Target;
  onHold: (isHeld: boolean) => void;
  betRef: RefObject<HTMLInputElement | null>;
}

function MoveForm({ slip, picked, onHold, betRef }: MoveFormProps) {
  const go = useGo();
  const [bet, setBet] = useState(amountText(slip.currentBet));
  const [, execute] = useMovePlayerMutation();
  const move = useCommand(execute, (data) => data.movePlayer?.slipResult);
  const amount = parseAmount(bet);
  // Until it is known what became of a move, its seat is the one to name, whatever is picked.
  const [sent, setSent] = useState(picked);
  const target = move.locked ? sent : picked;
  const { table, seatNo } = target;
  useHold(move.locked, onHold);

  const submit = async () => {
    if (!table || amount === undefined) return;
    setSent(target);
    const moved = await move.send({
      ratingSlipId: slip.ratingSlipId,
      tableId: table.tableId,
      seatNo,
      averageBet: amount,
    });
    if (moved?.ratingSlip) {
      go({ panel: "slip", slipId: moved.ratingSlip.ratingSlipId }, { lastSeat: moved.completion });
    }
  };

  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <p className={styles.target} role="status">
        <span className={styles.to}>{t("move.to")}</span>
        <span className={styles.place}>
          {t("move.seat", { table: table?.label ?? t("move.unknownTable"), seat: String(seatNo) })}
        </span>
      </p>
      <BetField label={t("move.bet")} value={bet} onChange={setBet} isDisabled={move.locked} inputRef={betRef} />
      <CommandProblem status={move} onRetry={submit} />
      <Button
        type="submit"
        look="primary"
        wide
        isPending={move.busy}
        isDisabled={!table || amount === undefined || move.state === "unanswered"}
      >
        {t("move.here")}
      </Button>
    </form>
  );
}
