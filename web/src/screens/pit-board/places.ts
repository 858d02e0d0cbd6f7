import { useCallback, useMemo, useRef } from "react";
import { matchPath, useLocation, useNavigate } from "react-router";
import type { SlipCompletionFragment } from "../../generated/graphql.ts";

/** What the drawer beside the board shows. It is in the address, so that it can be linked to. */
export type Place =
  | { panel: "none" }
  | { panel: "start"; tableId: string; seatNo: number }
  | { panel: "slip"; slipId: string }
  | { panel: "move"; slipId: string; target: { tableId: string; seatNo: number } | undefined };

const patterns = {
  start: "/board/tables/:tableId/seats/:seatNo",
  slip: "/board/slips/:slipId",
  move: "/board/slips/:slipId/move",
  moveTo: "/board/slips/:slipId/move/:tableId/:seatNo",
} as const;

export function usePlace(): Place {
  const { pathname } = useLocation();
  return useMemo(() => placeAt(pathname), [pathname]);
}

function placeAt(path: string): Place {
  const start = matchPath(patterns.start, path)?.params;
  const slip = matchPath(patterns.slip, path)?.params;
  const move = matchPath(patterns.move, path)?.params;
  const moveTo = matchPath(patterns.moveTo, path)?.params;
  if (start?.tableId && start.seatNo) {
    return { panel: "start", tableId: start.tableId, seatNo: Number(start.seatNo) };
  }
  if (slip?.slipId) return { panel: "slip", slipId: slip.slipId };
  if (move?.slipId) return { panel: "move", slipId: move.slipId, target: undefined };
  if (moveTo?.slipId && moveTo.tableId && moveTo.seatNo) {
    const target = { tableId: moveTo.tableId, seatNo: Number(moveTo.seatNo) };
    return { panel: "move", slipId: moveTo.slipId, target };
  }
  return { panel: "none" };
}

export function pathOf(place: Place): string {
  switch (place.panel) {
    case "none":
      return "/board";
    case "start":
      return `/board/tables/${place.tableId}/seats/${place.seatNo}`;
    case "slip":
      return `/board/slips/${place.slipId}`;
    case "move": {
      const base = `/board/slips/${place.slipId}/move`;
      return place.target ? `${base}/${place.target.tableId}/${place.target.seatNo}` : base;
    }
  }
}

/** What a step on the board hands to the next. */
export interface Handover {
  /** What the seat that was just left brought. */
  lastSeat?: SlipCompletionFragment | null;
  /** A key led here, and the focus goes on with it. */
  byKey?: boolean;
}

/**
 * Goes to a place on the board; the pit that is filtered for stays, the table that was looked for has been
 * found. It is the same in every render.
 */
export function useGo(): (place: Place, handover?: Handover) => void {
  const navigate = useNavigate();
  const { search } = useLocation();
  const latest = useRef({ navigate, search });
  latest.current = { navigate, search };
  return useCallback((place, handover) => {
    const here = latest.current;
    const search = new URLSearchParams(here.search);
    search.delete("table");
    void here.navigate({ pathname: pathOf(place), search: search.toString() }, { state: handover ?? null });
  }, []);
}
