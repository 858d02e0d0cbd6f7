import { RouterProvider as AriaRouterProvider, I18nProvider } from "react-aria-components";
import { BrowserRouter, Navigate, Route, Routes, useHref, useNavigate } from "react-router";
import { SessionProvider } from "./api/session.tsx";
import { locale } from "./lib/locale.ts";
import { PitBoard } from "./screens/pit-board/pit-board.tsx";
import { PlayerPage } from "./screens/player/player-page.tsx";
import { PlayerSearch } from "./screens/players/player-search.tsx";
import { NotFound } from "./screens/shell/not-found.tsx";
import { Shell } from "./screens/shell/shell.tsx";
import { SignedIn } from "./screens/shell/signed-in.tsx";

export function App() {
  return (
    <BrowserRouter>
      <SessionProvider>
        <Screens />
      </SessionProvider>
    </BrowserRouter>
  );
}

function Screens() {
  const navigate = useNavigate();
  return (
    <I18nProvider locale={locale}>
      <AriaRouterProvider navigate={(path) => void navigate(path)} useHref={useHref}>
        <SignedIn>
          <Routes>
            <Route element={<Shell />}>
              <Route index element={<Navigate to="/board" replace />} />
              <Route path="/board/*" element={<PitBoard />} />
              <Route path="/players" element={<PlayerSearch />} />
              <Route path="/players/:playerId" element={<PlayerPage />} />
              <Route path="*" element={<NotFound />} />
            </Route>
          </Routes>
        </SignedIn>
      </AriaRouterProvider>
    </I18nProvider>
  );
}
