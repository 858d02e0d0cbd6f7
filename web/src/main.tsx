import "@fontsource-variable/inter";
import "./styles/tokens.css";
import "./styles/base.css";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { App } from "./app.tsx";
import { loadScreenAt } from "./screens/screens.ts";
import { startLanguage } from "./words/language.ts";

const root = document.getElementById("root");
if (!root) throw new Error("index.html has no #root");
loadScreenAt(location.pathname);
await startLanguage();
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
