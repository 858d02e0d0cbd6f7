import "@fontsource-variable/inter";
import "../src/styles/tokens.css";
import "../src/styles/base.css";
import { StrictMode } from "react";
import { I18nProvider } from "react-aria-components";
import { createRoot } from "react-dom/client";
import { Client, Provider } from "urql";
import { locale } from "../src/lib/locale.ts";
import { loadAllWords, startLanguage } from "../src/words/language.ts";
import { Gallery } from "./gallery.tsx";

/** The components in their states, for whoever builds screens; no part of what is served. */
const root = document.getElementById("root");
if (!root) throw new Error("index.html has no #root");
await startLanguage();
await loadAllWords();
createRoot(root).render(
  <StrictMode>
    <I18nProvider locale={locale()}>
      <Provider value={new Client({ url: "/graphql", exchanges: [] })}>
        <Gallery />
      </Provider>
    </I18nProvider>
  </StrictMode>,
);
