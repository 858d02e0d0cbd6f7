import "@fontsource-variable/inter";
import "./styles/tokens.css";
import "./styles/base.css";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { openSession } from "./api/session.tsx";
import { App } from "./app.tsx";
import { loadScreenAt } from "./screens/screens.ts";
import { startLanguage } from "./words/language.ts";

const root = document.getElementById("root");
if (!root) throw new Error("index.html has no #root");

/** What is known sooner than this is shown at once; later, the screen says that it waits. */
const SHOWN_AFTER_MS = 300;

const session = openSession();
loadScreenAt(location.pathname);
await Promise.all([
  startLanguage(),
  Promise.race([session.known, new Promise((resolve) => setTimeout(resolve, SHOWN_AFTER_MS))]),
]);
createRoot(root).render(
  <StrictMode>
    <App session={session} />
  </StrictMode>,
);
