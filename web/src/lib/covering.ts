import { type RefObject, useLayoutEffect, useState } from "react";

/**
 * What lies under the panel can't be reached, by key or otherwise, until the panel is gone. True when that is
 * also the page's title: what is left of the page is the panel.
 */
export function useCovering(panel: RefObject<HTMLElement | null>): boolean {
  const [coversTitle, setCoversTitle] = useState(false);
  useLayoutEffect(() => {
    const drawn = panel.current;
    if (!drawn) return;
    let covered: HTMLElement[] = [];
    const uncover = () => {
      for (const each of covered) each.inert = false;
    };
    const cover = () => {
      uncover();
      covered = coveredBy(drawn);
      for (const each of covered) each.inert = true;
      setCoversTitle(covered.some((each) => each.matches("h1") || each.querySelector("h1") !== null));
    };
    cover();
    window.addEventListener("resize", cover);
    // While it slides in it isn't yet where it will be.
    drawn.addEventListener("animationend", cover);
    return () => {
      window.removeEventListener("resize", cover);
      drawn.removeEventListener("animationend", cover);
      uncover();
    };
  }, [panel]);
  return coversTitle;
}

/** Of the screen alone: dialogs are beside it, and above everything. What shows beside the panel stays in use. */
function coveredBy(panel: HTMLElement): HTMLElement[] {
  const covered: HTMLElement[] = [];
  const { left, right, top, bottom } = panel.getBoundingClientRect();
  for (let inside = panel; inside.parentElement; inside = inside.parentElement) {
    if (inside.parentElement === document.body) break;
    for (const each of inside.parentElement.children) {
      if (each === inside || !(each instanceof HTMLElement)) continue;
      const box = each.getBoundingClientRect();
      const isUnder =
        box.width > 0 &&
        left <= box.left + 1 &&
        right >= box.right - 1 &&
        Math.min(box.bottom, bottom) - Math.max(box.top, top) > 1;
      if (isUnder) covered.push(each);
    }
  }
  return covered;
}
