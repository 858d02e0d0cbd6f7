import { useEffect } from "react";
import { type Client, useClient } from "urql";
import type { Typed } from "./sheet.ts";

// What was typed and not saved, by person. In memory only, and only as long as the session's client:
// whoever signs in next has another one.
const unsaved = new WeakMap<Client, Map<string, Typed>>();

/** What this session has typed and not saved. */
export function useKept(): Map<string, Typed> {
  const client = useClient();
  let kept = unsaved.get(client);
  if (!kept) {
    kept = new Map();
    unsaved.set(client, kept);
  }
  return kept;
}

/** Keeps what is typed for when its screen is left; the browser asks before its tab is closed. */
export function useUnsaved(kept: Map<string, Typed>, patronId: string, typed: Typed | undefined): void {
  const dirty = typed !== undefined;
  useEffect(() => {
    if (typed) kept.set(patronId, typed);
    else kept.delete(patronId);
  }, [kept, patronId, typed]);
  useEffect(() => {
    if (!dirty) return;
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    addEventListener("beforeunload", warn);
    return () => removeEventListener("beforeunload", warn);
  }, [dirty]);
}
