import type { Plugin } from "vite";

const hint = "//# allFunctionsCalledOnLoad\n";

/**
 * Nearly all of what a first visit loads is called before its first paint. The hint, which must come
 * first in a file, has Chromium prepare the functions while the files arrive, beside the page's own
 * thread, instead of one by one as they are called; others read a comment.
 * https://developer.chrome.com/blog/explicit-compile-hints
 */
export function preparedFunctions(chunks: readonly string[]): Plugin {
  return {
    name: "pitledger:prepared-functions",
    generateBundle: {
      order: "post",
      handler(_, bundle) {
        for (const file of Object.values(bundle)) {
          if (file.type !== "chunk" || !chunks.includes(file.name) || file.isDynamicEntry) continue;
          file.code = hint + file.code;
          if (file.map) file.map.mappings = `;${file.map.mappings}`;
        }
      },
    },
  };
}
