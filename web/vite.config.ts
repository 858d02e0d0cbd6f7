import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";
import { compiledWords } from "./compiled-words.ts";
import { preparedFunctions } from "./prepared-functions.ts";

// `npm run build:web` writes dist/web, which the GraphQL server serves. `vite web` is for working
// on the screens: it passes everything that isn't the client's on to a running server.
const server = process.env.PITLEDGER_URL ?? "http://localhost:4000";

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react(), compiledWords(), preparedFunctions(["react", "first"])],
  // Stands for the nonce that the server puts into each page and its content security policy.
  html: { cspNonce: "__CSP_NONCE__" },
  build: {
    outDir: "../dist/web",
    emptyOutDir: true,
    target: ["chrome123", "firefox120", "safari17.5"],
    sourcemap: true,
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            // The same from release to release, so it stays in the browser's cache.
            { name: "react", test: /node_modules\/(react|react-dom|scheduler)\//, priority: 1 },
            // What a first visit needs is one file, however many of the later ones share parts of it.
            { name: "first", tags: ["$initial"] },
          ],
        },
      },
    },
  },
  server: {
    port: 5173,
    proxy: {
      "/graphql": { target: server, ws: true },
      "/auth": { target: server },
      "/ctr": { target: server },
    },
  },
});
