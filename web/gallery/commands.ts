import type { CommandStatus } from "../src/api/command.ts";
import type { Problem } from "../src/api/errors.ts";

// How a command may stand, for what shows it.

export const correlationId = "3f0c6f1e-8f0e-4d0a-9a57-0f6f6a1c2b3d";

export const refusal: Problem = {
  kind: "refused",
  code: "SEAT_OCCUPIED",
  message: "Seat 3 at table BJ-01 is taken.",
  hint: "Choose a free seat.",
  correlationId,
  details: {},
};

export const fault: Problem = {
  ...refusal,
  kind: "network",
  message: "The server can't be reached.",
  hint: "Check the line.",
};

export function status(state: CommandStatus["state"], problem?: Problem): CommandStatus {
  return { state, busy: state === "sending", locked: ["sending", "unanswered"].includes(state), problem, problemAt: 0 };
}
