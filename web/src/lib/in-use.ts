import { useEffect, useRef } from "react";
import { useMe } from "../api/session.tsx";

/** A page that nobody has used for so long, or for half of what a session may idle, asks for nothing. */
const IDLE_MS = 5 * 60_000;

const signs = ["pointerdown", "pointermove", "keydown", "wheel"] as const;

let usedAt = performance.now();
const noteUse = () => {
  usedAt = performance.now();
};
for (const sign of signs) window.addEventListener(sign, noteUse, { passive: true, capture: true });

interface Options {
  enabled?: boolean;
  /** Whether it is done as soon as the screen is there, which hasn't asked by itself. */
  atOnce?: boolean;
}

/**
 * Calls `act` every `everyMs` while the page is in sight and in use, and at once when that begins
 * again. A device that lies about asks for nothing, so its session runs out as it should: whatever a
 * screen does again and again goes through here.
 */
export function useEveryWhileInUse(
  act: () => void,
  everyMs: number,
  { enabled = true, atOnce = false }: Options = {},
): void {
  const { idleSeconds } = useMe();
  const idleMs = Math.min(IDLE_MS, (idleSeconds * 1000) / 2);
  const latest = useRef(act);
  latest.current = act;
  useEffect(() => {
    if (!enabled) return;
    let actedAt = atOnce ? Number.NEGATIVE_INFINITY : performance.now();
    const actIfDue = () => {
      const now = performance.now();
      if (document.hidden || now - usedAt > idleMs || now - actedAt < everyMs - 50) return;
      actedAt = now;
      latest.current();
    };
    actIfDue();
    const timer = setInterval(actIfDue, everyMs);
    for (const sign of signs) window.addEventListener(sign, actIfDue, { passive: true });
    document.addEventListener("visibilitychange", actIfDue);
    return () => {
      clearInterval(timer);
      for (const sign of signs) window.removeEventListener(sign, actIfDue);
      document.removeEventListener("visibilitychange", actIfDue);
    };
  }, [enabled, everyMs, idleMs, atOnce]);
}
