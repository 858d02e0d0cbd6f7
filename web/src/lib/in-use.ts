import { useEffect, useRef } from "react";

const signs = ["pointerdown", "pointermove", "keydown", "wheel"] as const;

/**
 * Calls `act` now and every `everyMs` while the page is in sight and somebody has used it within
 * `idleMs`, and at once when that begins again. A device that lies about asks for nothing, so its
 * session runs out as it should.
 */
export function useEveryWhileInUse(act: () => void, everyMs: number, idleMs: number, enabled: boolean): void {
  const latest = useRef(act);
  latest.current = act;
  useEffect(() => {
    if (!enabled) return;
    let usedAt = performance.now();
    let actedAt = Number.NEGATIVE_INFINITY;
    const actIfDue = () => {
      const now = performance.now();
      if (document.hidden || now - usedAt > idleMs || now - actedAt < everyMs - 50) return;
      actedAt = now;
      latest.current();
    };
    const onUse = () => {
      usedAt = performance.now();
      actIfDue();
    };
    actIfDue();
    const timer = setInterval(actIfDue, everyMs);
    for (const sign of signs) window.addEventListener(sign, onUse, { passive: true });
    document.addEventListener("visibilitychange", actIfDue);
    return () => {
      clearInterval(timer);
      for (const sign of signs) window.removeEventListener(sign, onUse);
      document.removeEventListener("visibilitychange", actIfDue);
    };
  }, [enabled, everyMs, idleMs]);
}
