import compile from "icu-minify/compile";
import type { Plugin } from "vite";

/** What a file of the catalogue holds. */
export type Messages = { readonly [key: string]: string | Messages };

/** Terms are looked up as they are, and what the server says is no ICU. */
const read = /\/src\/words\/[a-z]{2}\/(?!(?:terms|sentences|refusals)\.json)[a-z-]+\.json$/;

/**
 * The client's messages, read when it is built: it comes without the parser of ICU, and nothing is
 * left to read before the first screen.
 */
export function compiledWords(): Plugin {
  return {
    name: "pitledger:compiled-words",
    enforce: "pre",
    config: () => ({ resolve: { alias: { "use-intl/format-message": "use-intl/format-message/format-only" } } }),
    transform: {
      filter: { id: read },
      handler: (json) => ({ code: JSON.stringify(compiled(JSON.parse(json))), map: { mappings: "" } }),
    },
  };
}

/** The same messages as `icu-minify` formats them. */
export function compiled(messages: Messages): object {
  return Object.fromEntries(
    Object.entries(messages).map(([key, said]) => [key, typeof said === "string" ? compile(said) : compiled(said)]),
  );
}
