import { useSyncExternalStore } from "react";

/** What the person should know of the live connection. `healed` shows for a moment, then `live`. */
export type Connection = "connecting" | "live" | "lost" | "healed";

const HEALED_FOR_MS = 4000;

let state: Connection = "connecting";
let wasLost = false;
let settle: ReturnType<typeof setTimeout> | undefined;
const listeners = new Set<() => void>();

function set(next: Connection): void {
  if (state === next) return;
  state = next;
  for (const listener of listeners) listener();
}

export function connected(): void {
  clearTimeout(settle);
  if (wasLost) {
    wasLost = false;
    set("healed");
    settle = setTimeout(() => set("live"), HEALED_FOR_MS);
  } else set("live");
}

export function disconnected(): void {
  clearTimeout(settle);
  wasLost = true;
  set("lost");
}

export function resetConnection(): void {
  clearTimeout(settle);
  wasLost = false;
  set("connecting");
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function useConnection(): Connection {
  return useSyncExternalStore(subscribe, () => state);
}
