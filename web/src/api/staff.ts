// The browser's tabs share one cookie, so somebody else may have signed in beside these screens. Each
// request says whose screens it comes from; the server answers it only in that person's session.

let shown: string | undefined;

/** Whose screens are shown; undefined as long as nobody's are. */
export function shownStaff(): string | undefined {
  return shown;
}

export function showStaff(staffId: string | undefined): void {
  shown = staffId;
}

export function staffHeaders(staffId: string | undefined): Record<string, string> {
  return staffId === undefined ? {} : { "x-pitledger-staff": staffId };
}
