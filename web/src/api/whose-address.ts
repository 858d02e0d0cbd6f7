// Whose work the address of this tab leads to. A reload keeps it, and whoever begins in another's tab
// begins where their own work is.

const KEY = "pitledger.address-of";

let owner: string | undefined;

/** Undefined where nobody was at it yet: then it is where whoever comes wanted to go. */
export function whoseAddress(): string | undefined {
  try {
    return sessionStorage.getItem(KEY) ?? undefined;
  } catch {
    return owner;
  }
}

export function rememberWhoseAddress(staffId: string | undefined): void {
  owner = staffId;
  try {
    if (staffId === undefined) sessionStorage.removeItem(KEY);
    else sessionStorage.setItem(KEY, staffId);
  } catch {
    // Then a reload forgets it.
  }
}
