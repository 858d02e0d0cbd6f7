// That somebody wants to be signed out is remembered until it is done: neither a reload nor a new
// tab may show their screens to whoever comes next.

const KEY = "pitledger.leaving";

export function isLeaving(): boolean {
  try {
    return localStorage.getItem(KEY) !== null;
  } catch {
    return false;
  }
}

export function rememberLeaving(leaving: boolean): void {
  try {
    if (leaving) localStorage.setItem(KEY, "yes");
    else localStorage.removeItem(KEY);
  } catch {
    // Then only this page knows.
  }
}
