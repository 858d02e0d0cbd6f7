import { useSyncExternalStore } from "react";
import { type Client, useClient } from "urql";
import type { Problem } from "./errors.ts";

/** A command whose screen was left before its answer came, or whose answer never did. */
export interface LeftCommand {
  /** The operation's name. */
  name: string;
  /** Where it was sent from, and when. */
  path: string;
  sentAt: string;
  state: "sending" | "unanswered" | "refused" | "done";
  problem: Problem;
}

/** What came of sending it once more. */
type Again = () => Promise<{ state: "unanswered" | "refused"; problem: Problem } | { state: "done" }>;

export interface LeftBehind {
  all: () => readonly LeftCommand[];
  subscribe: (listener: () => void) => () => void;
  /** Keeps it until somebody has seen what became of it; `again` sends it with its own key. */
  keep: (command: LeftCommand, again: Again) => void;
  retry: (command: LeftCommand) => Promise<void>;
  dismiss: (command: LeftCommand) => void;
}

// A session has its own client, so nobody is offered what somebody else has sent.
const bySession = new WeakMap<Client, LeftBehind>();

function leftBehindOf(client: Client): LeftBehind {
  let known = bySession.get(client);
  if (!known) {
    known = createLeftBehind();
    bySession.set(client, known);
  }
  return known;
}

/** Where commands go whose screen is left. */
export function useLeftBehind(): LeftBehind {
  return leftBehindOf(useClient());
}

/** The commands that were left behind, oldest first. */
export function useLeftCommands(): readonly LeftCommand[] {
  const { subscribe, all } = useLeftBehind();
  return useSyncExternalStore(subscribe, all);
}

function createLeftBehind(): LeftBehind {
  let commands: readonly LeftCommand[] = [];
  const ways = new Map<LeftCommand, Again>();
  const listeners = new Set<() => void>();
  const show = (next: readonly LeftCommand[]) => {
    commands = next;
    for (const listener of listeners) listener();
  };
  const replace = (before: LeftCommand, after: LeftCommand) => {
    const again = ways.get(before);
    ways.delete(before);
    if (again) ways.set(after, again);
    show(commands.map((each) => (each === before ? after : each)));
  };
  return {
    all: () => commands,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    keep: (command, again) => {
      ways.set(command, again);
      show([...commands, command]);
    },
    retry: async (command) => {
      const again = ways.get(command);
      if (!again || command.state !== "unanswered") return;
      const sending: LeftCommand = { ...command, state: "sending" };
      replace(command, sending);
      replace(sending, { ...sending, ...(await again()) });
    },
    dismiss: (command) => {
      ways.delete(command);
      show(commands.filter((each) => each !== command));
    },
  };
}
