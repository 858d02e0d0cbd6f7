import type { ComponentType } from "react";
import { matchPath } from "react-router";
import { type Part, part } from "../components/part.tsx";
import { loadAllWords } from "../words/language.ts";
import { PitBoard } from "./pit-board/pit-board.tsx";
import { ScreenMissing } from "./shell/screen-missing.tsx";
import { ScreenSkeleton } from "./shell/screen-skeleton.tsx";

/** A screen that comes with the words of all screens. */
function screen(find: () => Promise<ComponentType>): Part<object> {
  return part(async () => (await Promise.all([find(), loadAllWords()]))[0], ScreenSkeleton, ScreenMissing);
}

/** Where most work is done: it comes with the client itself. */
const board: Part<object> = { Shown: PitBoard, load: async () => undefined };
const compliance = screen(async () => (await import("./compliance/compliance.tsx")).Compliance);
const cashLog = screen(async () => (await import("./mtl-log/mtl-log.tsx")).MtlLog);

export interface Screen {
  path: string;
  screen: Part<object>;
}

/** Where each screen is, and where it is loaded from when it is first shown. */
export const screens: readonly Screen[] = [
  { path: "/board/*", screen: board },
  { path: "/players", screen: screen(async () => (await import("./players/player-search.tsx")).PlayerSearch) },
  { path: "/players/:playerId", screen: screen(async () => (await import("./player/player-page.tsx")).PlayerPage) },
  {
    path: "/players/:playerId/statement",
    screen: screen(async () => (await import("./statement/statement-page.tsx")).StatementPage),
  },
  { path: "/cash/new", screen: screen(async () => (await import("./mtl-entry/mtl-entry.tsx")).MtlEntry) },
  { path: "/cash/log", screen: cashLog },
  { path: "/cash/log/:entryId", screen: cashLog },
  { path: "/compliance", screen: compliance },
  { path: "/compliance/patrons/:patronId", screen: compliance },
  {
    path: "/compliance/cases/:caseId",
    screen: screen(async () => (await import("./ctr-case/case-page.tsx")).CasePage),
  },
  { path: "/alerts", screen: screen(async () => (await import("./alerts/alert-queue.tsx")).AlertQueue) },
  { path: "/approvals", screen: screen(async () => (await import("./approvals/approvals.tsx")).Approvals) },
  { path: "/promotions", screen: screen(async () => (await import("./promotions/promotions.tsx")).Promotions) },
  { path: "/rules", screen: screen(async () => (await import("./rules/rules.tsx")).Rules) },
  { path: "/rules/new", screen: screen(async () => (await import("./rules/new-draft.tsx")).NewDraft) },
  { path: "/rules/drafts/:draftId", screen: screen(async () => (await import("./rules/draft-page.tsx")).DraftPage) },
  { path: "/liability", screen: screen(async () => (await import("./liability/liability.tsx")).Liability) },
  { path: "/reports", screen: screen(async () => (await import("./reports/reports.tsx")).Reports) },
  { path: "/operations", screen: screen(async () => (await import("./operations/operations.tsx")).Operations) },
  { path: "/verification", screen: screen(async () => (await import("./verification/verification.tsx")).Verification) },
  { path: "/staff", screen: screen(async () => (await import("./staff-admin/staff-admin.tsx")).StaffAdmin) },
  { path: "/staff/:staffId", screen: screen(async () => (await import("./staff-admin/person-page.tsx")).PersonPage) },
];

/** Begins to load what the address leads to, before it is known who is signed in. */
export function loadScreenAt(path: string): void {
  const { screen } = screens.find((each) => matchPath(each.path, path)) ?? {};
  // Whoever shows it asks for it again, and says so if it can't be had.
  screen?.load().catch(() => undefined);
}

/** What loads the screens beneath these addresses. */
export function screensUnder(paths: readonly string[]): (() => Promise<void>)[] {
  const areas = new Set(paths.map(areaOf));
  const loads = screens.filter(({ path }) => areas.has(areaOf(path))).map(({ screen }) => screen.load);
  return [...new Set(loads)];
}

function areaOf(path: string): string | undefined {
  return path.split("/")[1];
}
