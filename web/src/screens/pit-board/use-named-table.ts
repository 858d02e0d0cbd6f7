import { useEffect } from "react";
import { useLocation, useSearchParams } from "react-router";

/** Goes to the table that the address names, as often as somebody is led there. */
export function useNamedTable(isShown: boolean): void {
  const [search] = useSearchParams();
  const { key } = useLocation();
  const table = search.get("table");
  // biome-ignore lint/correctness/useExhaustiveDependencies: being led there again is another key
  useEffect(() => {
    if (!isShown || table === null) return;
    // A dialog that led here gives the focus back when it has closed, which comes before the next frame.
    const frame = requestAnimationFrame(() => {
      const card = document.querySelector<HTMLElement>(`[data-table="${CSS.escape(table)}"]`);
      card?.scrollIntoView({ block: "center" });
      card?.focus({ preventScroll: true });
    });
    return () => cancelAnimationFrame(frame);
  }, [isShown, table, key]);
}
