import { type RefObject, useCallback, useEffect, useRef, useState } from "react";

/** An answer that comes at once changes nothing on the board. */
const SHOWN_AFTER_MS = 300;

export interface HeldSeats {
  /** No seat can be picked: a command names one, and is on its way or may have happened. */
  held: RefObject<boolean>;
  /** The same, when it lasts long enough to be shown. */
  isShown: boolean;
  hold: (isHeld: boolean) => void;
}

/** While a player is being seated the screen goes on naming the seat that was sent. */
export function useHeldSeats(): HeldSeats {
  const held = useRef(false);
  const [isShown, setShown] = useState(false);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const hold = useCallback((isHeld: boolean) => {
    held.current = isHeld;
    clearTimeout(timer.current);
    if (isHeld) timer.current = setTimeout(() => setShown(true), SHOWN_AFTER_MS);
    else setShown(false);
  }, []);
  useEffect(() => () => clearTimeout(timer.current), []);
  return { held, isShown, hold };
}

/** Holds the seats of the board as long as a command is locked. */
export function useHold(isLocked: boolean, hold: HeldSeats["hold"]): void {
  useEffect(() => {
    hold(isLocked);
    return () => hold(false);
  }, [isLocked, hold]);
}
