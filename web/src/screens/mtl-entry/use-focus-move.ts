import { type RefObject, useLayoutEffect, useState } from "react";

type Field = RefObject<HTMLInputElement | null>;

/**
 * Moves the focus to a field, which may come into being with the same change: at once, so that
 * nothing is missed of what is typed next, or as soon as a dialog that is closing lets it go.
 */
export function useFocusMove(): (field: Field) => void {
  const [destination, setDestination] = useState<{ field: Field }>();
  useLayoutEffect(() => {
    let frame = 0;
    let tries = 10;
    const move = () => {
      const input = destination?.field.current;
      input?.focus();
      input?.select();
      tries -= 1;
      if (input && document.activeElement !== input && tries > 0) frame = requestAnimationFrame(move);
    };
    move();
    return () => cancelAnimationFrame(frame);
  }, [destination]);
  return (field) => setDestination({ field });
}
