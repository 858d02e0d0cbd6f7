import { useEffect, useState } from "react";

// Each request that the server answers keeps the session from idling out.

let answeredAt = performance.now();

export function noteAnswer(): void {
  answeredAt = performance.now();
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
