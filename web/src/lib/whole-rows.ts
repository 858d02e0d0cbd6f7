import { type RefObject, useLayoutEffect } from "react";

/** A list that scrolls within a height ends with a row, not inside one. */
export function useWholeRows(list: RefObject<HTMLElement | null>, rows: number): void {
  // biome-ignore lint/correctness/useExhaustiveDependencies: other rows are of other heights
  useLayoutEffect(() => {
    const drawn = list.current;
    if (!drawn) return;
    const endWithRow = () => {
      drawn.style.maxHeight = "";
      const room = drawn.clientHeight;
      if (drawn.scrollHeight <= room) return;
      const top = drawn.firstElementChild?.getBoundingClientRect().top ?? 0;
      const ends = [...drawn.children].map((row) => row.getBoundingClientRect().bottom - top);
      const last = ends.findLast((end) => end <= room);
      if (last !== undefined) drawn.style.maxHeight = `${last + drawn.offsetHeight - drawn.clientHeight}px`;
    };
    const sizes = new ResizeObserver(endWithRow);
    sizes.observe(drawn);
    for (const row of drawn.children) sizes.observe(row);
    endWithRow();
    return () => sizes.disconnect();
  }, [list, rows]);
}
