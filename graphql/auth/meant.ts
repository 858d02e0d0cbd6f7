import type { Viewer } from "./sessions.ts";

export const staffHeader = "x-pitledger-staff";

/**
 * Whether a request means the session that it comes with. The tabs of a browser share one cookie: a
 * tab that still shows the screens of somebody who has left would otherwise work as whoever signed in
 * beside it. It says whom it shows; who says nothing means whoever is signed in.
 */
export function isMeant(viewer: Viewer, staffId: unknown): boolean {
  return staffId === undefined || staffId === viewer.staffId;
}
