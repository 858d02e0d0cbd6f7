import { useSyncExternalStore } from "react";

/** How much room things take: "comfortable" for a thumb, "compact" for a desk. Remembered on this device. */
export type Density = "comfortable" | "compact";

const KEY = "pitledger.density";
const listeners = new Set<() => void>();

function read(): Density {
  return document.documentElement.dataset.density === "compact" ? "compact" : "comfortable";
}

export function setDensity(density: Density): void {
  if (density === "compact") document.documentElement.dataset.density = density;
  else delete document.documentElement.dataset.density;
  try {
    if (density === "compact") localStorage.setItem(KEY, density);
    else localStorage.removeItem(KEY);
  } catch {
    // Storage may be forbidden; the choice then lasts until the page is closed.
  }
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function useDensity(): [Density, (density: Density) => void] {
  return [useSyncExternalStore(subscribe, read), setDensity];
}
