import { useEffect } from "react";
import type { Sheet } from "./sheet.ts";

interface Unsaved {
  /** What was known when it was begun. */
  before: Sheet;
  sheet: Sheet;
}

// What was typed and not saved, by person and by who typed it. In memory only: it is gone with the
// page, and nobody else who signs in there is shown it.
const unsaved = new Map<string, Unsaved>();

const keyOf = (staffId: string, patronId: string) => `${staffId}:${patronId}`;

export function unsavedOf(staffId: string, patronId: string): Unsaved | undefined {
  return unsaved.get(keyOf(staffId, patronId));
}

export function forget(staffId: string, patronId: string): void {
  unsaved.delete(keyOf(staffId, patronId));
}

/** Keeps what is typed for when its screen is left; the browser asks before its tab is closed. */
export function useUnsaved(staffId: string, patronId: string, typed: Unsaved | undefined): void {
  const key = keyOf(staffId, patronId);
  const dirty = typed !== undefined;
  useEffect(() => {
    if (typed) unsaved.set(key, typed);
    else unsaved.delete(key);
  }, [key, typed]);
  useEffect(() => {
    if (!dirty) return;
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    addEventListener("beforeunload", warn);
    return () => removeEventListener("beforeunload", warn);
  }, [dirty]);
}
