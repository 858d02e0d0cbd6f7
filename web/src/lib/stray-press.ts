import { useLayoutEffect, useRef } from "react";

/** As long as the second click of a double click may take. */
const DOUBLE_CLICK_MS = 600;

/**
 * Tells whether a press was meant for what stood there before: the second one of a double click, which
 * comes when the button already means something else. A key is pressed once for one thing.
 */
export function useStrayPress(meaning: unknown): (event: { pointerType: string }) => boolean {
  const before = useRef(meaning);
  const changedAt = useRef(Number.NEGATIVE_INFINITY);
  useLayoutEffect(() => {
    if (before.current === meaning) return;
    before.current = meaning;
    changedAt.current = performance.now();
  }, [meaning]);
  return ({ pointerType }) => pointerType !== "keyboard" && performance.now() - changedAt.current < DOUBLE_CLICK_MS;
}
