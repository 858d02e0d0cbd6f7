import { RouterProvider as AriaRouterProvider, I18nProvider } from "react-aria-components";
import { BrowserRouter, Navigate, Route, Routes, useHref, useNavigate } from "react-router";
import { type OpenSession, SessionProvider, useMe } from "./api/session.tsx";
import { locale } from "./lib/locale.ts";
import { screens } from "./screens/screens.ts";
import { homeOf } from "./screens/shell/destinations.ts";
import { NotFound } from "./screens/shell/not-found.tsx";
import { Shell } from "./screens/shell/shell.tsx";
import { SignedIn } from "./screens/shell/signed-in.tsx";
import { useLanguage } from "./words/language.ts";

export function App({ session }: { session: OpenSession }) {
  return (
    // What is chosen is shown before anything else can be pressed: a slip that is still there while
    // the address names the next one would get what is meant for that.
    <BrowserRouter useTransitions={false}>
      <SessionProvider first={session}>
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
              <Route path="/cash" element={<Navigate to="/cash/log" replace />} />
              {screens.map(({ path, screen: { Shown } }) => (
                <Route key={path} path={path} element={<Shown />} />
              ))}
              <Route path="*" element={<NotFound />} />
            </Route>
          </Routes>
        </SignedIn>
      </AriaRouterProvider>
    </I18nProvider>
  );
}
