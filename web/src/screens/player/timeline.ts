import type { SlipEventFragment, VisitPlayFragment } from "../../generated/graphql.ts";
import { isPresent } from "../../lib/present.ts";

// A visit's slips in the order in which they were played, with what happened on each.

export interface PlayedSlip {
  ratingSlipId: string;
  table: string | undefined;
  seatNo: number;
  running: boolean;
  events: SlipEventFragment[];
}

export interface PlayedVisit {
  visitId: string;
  openedAt: string;
  closedAt: string | null;
  slips: PlayedSlip[];
}

export interface Pause {
  from: string;
  /** Undefined while it lasts. */
  to: string | undefined;
}

export function toVisit({ visitId, openedAt, closedAt, ratingSlips }: VisitPlayFragment): PlayedVisit {
  const slips = ratingSlips.nodes.filter(isPresent).map((slip) => ({
    ratingSlipId: slip.ratingSlipId,
    table: slip.table?.label,
    seatNo: slip.seatNo,
    running: slip.state !== "closed",
    events: slip.ratingSlipEvents.nodes.filter(isPresent),
  }));
  return { visitId, openedAt, closedAt, slips };
}

export function pausesOf({ events }: PlayedSlip): Pause[] {
  return events.flatMap((event, index) =>
    event.eventType === "paused" ? [{ from: event.occurredAt, to: events[index + 1]?.occurredAt }] : [],
  );
}
