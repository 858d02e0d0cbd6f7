import { useEffect, useState } from "react";

// Each request that the server answers keeps the session from idling out, whichever of the browser's
// tabs has sent it. Tabs that didn't know of each other would ask in turn whether it has ended, and
// keep it alive by asking.

let answeredAt = performance.now();

const answers = new BroadcastChannel("pitledger-answers");
answers.addEventListener("message", () => {
  answeredAt = performance.now();
});

export function noteAnswer(): void {
  answeredAt = performance.now();
  answers.postMessage(null);
}

/**
 * Seconds until the session has idled out, below 0 afterwards; undefined while there are more than
 * `within`, so that nothing is rendered meanwhile.
 */
export function useIdleLeft(idleSeconds: number, within: number): number | undefined {
  const [left, setLeft] = useState<number>();
  useEffect(() => {
    const look = () => {
      const seconds = Math.ceil(idleSeconds - (performance.now() - answeredAt) / 1000);
      setLeft(seconds > within ? undefined : seconds);
    };
    const timer = setInterval(look, 1000);
    return () => clearInterval(timer);
  }, [idleSeconds, within]);
  return left;
}
