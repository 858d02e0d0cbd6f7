import type { PluginFunction } from "@graphql-codegen/plugin-helpers";
import { collectOperations } from "./documents.ts";

/** Operation name → hash: what the client sends instead of the document. */
export const plugin: PluginFunction = (_schema, files) => {
  const lines = collectOperations(files).map(({ name, hash }) => `  ${name}:\n    "${hash}",`);
  return [
    "/** The hash of each operation, by its name. The server holds the documents. */",
    "export const operationHashes: Readonly<Record<string, string>> = {",
    ...lines,
    "};",
    "",
  ].join("\n");
};
