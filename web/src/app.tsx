import { RouterProvider as AriaRouterProvider, I18nProvider } from "react-aria-components";
import { BrowserRouter, Navigate, Route, Routes, useHref, useNavigate } from "react-router";
import { SessionProvider, useMe } from "./api/session.tsx";
import { locale } from "./lib/locale.ts";
import { AlertQueue } from "./screens/alerts/alert-queue.tsx";
import { Approvals } from "./screens/approvals/approvals.tsx";
import { Compliance } from "./screens/compliance/compliance.tsx";
import { CasePage } from "./screens/ctr-case/case-page.tsx";
import { Liability } from "./screens/liability/liability.tsx";
import { MtlEntry } from "./screens/mtl-entry/mtl-entry.tsx";
import { MtlLog } from "./screens/mtl-log/mtl-log.tsx";
import { Operations } from "./screens/operations/operations.tsx";
import { PitBoard } from "./screens/pit-board/pit-board.tsx";
import { PlayerPage } from "./screens/player/player-page.tsx";
import { PlayerSearch } from "./screens/players/player-search.tsx";
import { Promotions } from "./screens/promotions/promotions.tsx";
import { Reports } from "./screens/reports/reports.tsx";
import { DraftPage } from "./screens/rules/draft-page.tsx";
import { NewDraft } from "./screens/rules/new-draft.tsx";
import { Rules } from "./screens/rules/rules.tsx";
import { homeOf } from "./screens/shell/destinations.ts";
import { NotFound } from "./screens/shell/not-found.tsx";
import { Shell } from "./screens/shell/shell.tsx";
import { SignedIn } from "./screens/shell/signed-in.tsx";
import { PersonPage } from "./screens/staff-admin/person-page.tsx";
import { StaffAdmin } from "./screens/staff-admin/staff-admin.tsx";
import { StatementPage } from "./screens/statement/statement-page.tsx";
import { Verification } from "./screens/verification/verification.tsx";
import { useLanguage } from "./words/language.ts";

export function App() {
  return (
    <BrowserRouter>
      <SessionProvider>
        <Screens />
      </SessionProvider>
    </BrowserRouter>
  );
}

/** Everybody begins where their work is. */
function Home() {
  return <Navigate to={homeOf(useMe())} replace />;
}

function Screens() {
  const navigate = useNavigate();
  const language = useLanguage();
  return (
    <I18nProvider locale={locale()}>
      <AriaRouterProvider navigate={(path) => void navigate(path)} useHref={useHref}>
        <SignedIn>
          {/* Words and formats are read while rendering: another language makes the screens anew. */}
          <Routes key={language}>
            <Route element={<Shell />}>
              <Route index element={<Home />} />
              <Route path="/board/*" element={<PitBoard />} />
              <Route path="/players" element={<PlayerSearch />} />
              <Route path="/players/:playerId" element={<PlayerPage />} />
              <Route path="/players/:playerId/statement" element={<StatementPage />} />
              <Route path="/cash" element={<Navigate to="/cash/log" replace />} />
              <Route path="/cash/new" element={<MtlEntry />} />
              <Route path="/cash/log" element={<MtlLog />} />
              <Route path="/cash/log/:entryId" element={<MtlLog />} />
              <Route path="/compliance" element={<Compliance />} />
              <Route path="/compliance/patrons/:patronId" element={<Compliance />} />
              <Route path="/compliance/cases/:caseId" element={<CasePage />} />
              <Route path="/alerts" element={<AlertQueue />} />
              <Route path="/approvals" element={<Approvals />} />
              <Route path="/promotions" element={<Promotions />} />
              <Route path="/rules" element={<Rules />} />
              <Route path="/rules/new" element={<NewDraft />} />
              <Route path="/rules/drafts/:draftId" element={<DraftPage />} />
              <Route path="/liability" element={<Liability />} />
              <Route path="/reports" element={<Reports />} />
              <Route path="/operations" element={<Operations />} />
              <Route path="/verification" element={<Verification />} />
              <Route path="/staff" element={<StaffAdmin />} />
              <Route path="/staff/:staffId" element={<PersonPage />} />
              <Route path="*" element={<NotFound />} />
            </Route>
          </Routes>
        </SignedIn>
      </AriaRouterProvider>
    </I18nProvider>
  );
}
