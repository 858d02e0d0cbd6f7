import { useEffect, useRef } from "react";

/** What Alt and a letter does, by letter. */
export type Shortcuts = Readonly<Record<string, () => void>>;

/**
 * Alt and a letter, wherever the focus is; not while a dialog is open. The key's place on the
 * keyboard counts, since with Alt some layouts type another character.
 */
export function useShortcuts(shortcuts: Shortcuts): void {
  const latest = useRef(shortcuts);
  latest.current = shortcuts;
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (!event.altKey || event.ctrlKey || event.metaKey || event.shiftKey || event.repeat) return;
      if (document.querySelector("[role=dialog]")) return;
      const act = latest.current[event.code.replace(/^Key/, "")];
      if (!act) return;
      event.preventDefault();
      act();
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, []);
}

/** For `aria-keyshortcuts`. */
export function ariaShortcut(letter: string): string {
  return `Alt+${letter}`;
}

/** The same for Control, or Command, and a letter. */
export function ariaPaletteShortcut(letter: string): string {
  return `Control+${letter} Meta+${letter}`;
}
