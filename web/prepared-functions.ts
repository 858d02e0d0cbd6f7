import type { Plugin, Rolldown } from "vite";

const hint = "//# allFunctionsCalledOnLoad\n";

/**
 * Nearly all of what a first visit loads is called before its first paint. The hint, which must come
 * first in a file, has Chromium prepare the functions while the files arrive, beside the page's own
 * thread, instead of one by one as they are called; others read a comment.
 * https://developer.chrome.com/blog/explicit-compile-hints
 */
export function preparedFunctions(names: readonly string[]): Plugin {
  const isFirst = ({ name, isDynamicEntry }: Rolldown.RenderedChunk | Rolldown.OutputChunk) =>
    names.includes(name) && !isDynamicEntry;
  return {
    name: "pitledger:prepared-functions",
    // A file of another content has another name.
    augmentChunkHash: (chunk) => (isFirst(chunk) ? hint : undefined),
    generateBundle: {
      order: "post",
      handler(_, bundle) {
        for (const file of Object.values(bundle)) {
          if (file.type !== "chunk" || !isFirst(file)) continue;
          file.code = hint + file.code;
          const map = bundle[file.sourcemapFileName ?? ""];
          if (map?.type === "asset") map.source = moved(String(map.source));
        }
      },
    },
  };
}

/** The same source map, of a file that has one more line before. */
function moved(json: string): string {
  const map: { mappings: string } = JSON.parse(json);
  return JSON.stringify({ ...map, mappings: `;${map.mappings}` });
}
