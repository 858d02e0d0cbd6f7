import { Armchair } from "lucide-react";
import { Drawer, DrawerSection } from "../../components/drawer.tsx";
import { Empty } from "../../components/empty.tsx";
import { words } from "../../words/words.ts";
import type { BoardTable, Pit } from "../pit-board/board.ts";
import { useGo, usePlace } from "../pit-board/places.ts";
import { MovePanel } from "./move-panel.tsx";
import { SlipPanel } from "./slip-panel.tsx";
import { StartPanel } from "./start-panel.tsx";

const t = words("slipDrawer");

interface SlipDrawerProps {
  pits: readonly Pit[];
  /** False until the board has come. */
  loaded: boolean;
  /** Called with whether other seats can't be picked now. */
  onHold: (isHeld: boolean) => void;
  /** Moves the focus to a free seat of the board. */
  toFreeSeat: () => void;
}

export function SlipDrawer({ pits, loaded, onHold, toFreeSeat }: SlipDrawerProps) {
  const place = usePlace();
  const go = useGo();
  const close = () => go({ panel: "none" });
  const tables = pits.flatMap((pit) => pit.tables);
  const tableOf = (tableId: string) => tables.find((table) => table.tableId === tableId);

  switch (place.panel) {
    case "none":
      return null;
    case "start": {
      const table = tableOf(place.tableId);
      const key = `${place.tableId}:${place.seatNo}`;
      if (!loaded) return null;
      if (!table || !isSeat(table, place.seatNo)) return <NoSuchSeat onClose={close} />;
      return <StartPanel key={key} table={table} seatNo={place.seatNo} onHold={onHold} onClose={close} />;
    }
    case "slip": {
      const onBoard = tables.some((table) => table.slips.some((slip) => slip.ratingSlipId === place.slipId));
      return <SlipPanel key={place.slipId} slipId={place.slipId} onBoard={!loaded || onBoard} onClose={close} />;
    }
    case "move":
      return (
        <MovePanel
          key={place.slipId}
          slipId={place.slipId}
          onHold={onHold}
          toFreeSeat={toFreeSeat}
          target={
            place.target && {
              table: tableOf(place.target.tableId),
              seatNo: place.target.seatNo,
            }
          }
        />
      );
  }
}

function isSeat(table: BoardTable, seatNo: number): boolean {
  return Number.isInteger(seatNo) && seatNo >= 1 && seatNo <= table.seats;
}

function NoSuchSeat({ onClose }: { onClose: () => void }) {
  return (
    <Drawer title={t("start.title")} onClose={onClose}>
      <DrawerSection>
        <Empty icon={<Armchair size={22} />} title={t("start.noSeat")}>
          {t("start.pick")}
        </Empty>
      </DrawerSection>
    </Drawer>
  );
}
