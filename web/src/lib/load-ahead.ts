import { useEffect, useRef } from "react";

type Load = () => Promise<void>;

/** What is being opened comes first, with its data. */
const AFTER_MS = 2000;

/** Loads one part after the other while the browser has nothing better to do; again for another `key`. */
export function useLoadAhead(key: string, list: () => readonly Load[]): void {
  const latest = useRef(list);
  latest.current = list;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key stands for the list
  useEffect(() => {
    let left = false;
    const loadAll = async () => {
      await new Promise((resolve) => setTimeout(resolve, AFTER_MS));
      for (const load of latest.current()) {
        await idle();
        if (left) return;
        // What can't be had now is asked for again when it is shown.
        await load().catch(() => undefined);
      }
    };
    void loadAll();
    return () => {
      left = true;
    };
  }, [key]);
}

function idle(): Promise<void> {
  return new Promise((resolve) => {
    // Safari has no idle callbacks; after a second the screen is there.
    if ("requestIdleCallback" in window) requestIdleCallback(() => resolve(), { timeout: 5000 });
    else setTimeout(resolve, 1000);
  });
}
