import { useSyncExternalStore } from "react";

// One tick a second for every timer on the screen, so that they all turn over together.
// A tablet whose clock is wrong still counts right: the server's clock is what counts.

const listeners = new Set<() => void>();
let now = performance.now();
let timer: ReturnType<typeof setInterval> | undefined;

function tick(): void {
  now = performance.now();
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  if (timer === undefined) {
    tick();
    timer = setInterval(tick, 1000);
  }
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) {
      clearInterval(timer);
      timer = undefined;
    }
  };
}

const never = () => () => {};

/** Milliseconds of the monotonic clock, renewed every second while `running`. */
export function useNow(running = true): number {
  return useSyncExternalStore(running ? subscribe : never, () => now);
}

/** Whole seconds left until `seconds` after `since` (a performance.now()), never below 0. */
export function useCountdown(seconds: number, since: number): number {
  const current = useNow(seconds > 0);
  return Math.max(0, Math.ceil(seconds - (Math.max(current, since) - since) / 1000));
}

// Milliseconds that the server's clock is ahead of this device's, from the Date header.
let ahead = 0;

export function observeServerTime(date: string | null): void {
  const server = date === null ? Number.NaN : Date.parse(date);
  if (Number.isNaN(server)) return;
  // The header has whole seconds: half of one is the best guess of the rest.
  const difference = server + 500 - Date.now();
  ahead = Math.abs(difference) > 2000 ? difference : 0;
}

export function serverTime(): number {
  return Date.now() + ahead;
}

/** The server's time, re-rendered every second while `running`. */
export function useServerTime(running = true): number {
  useNow(running);
  return serverTime();
}
