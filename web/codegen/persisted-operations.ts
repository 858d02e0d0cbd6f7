import type { PluginFunction } from "@graphql-codegen/plugin-helpers";
import { collectOperations } from "./documents.ts";

/** Hash → document: the operations that the server accepts from this client. */
export const plugin: PluginFunction = (_schema, files) => {
  const entries = collectOperations(files).map(({ hash, text }) => [hash, text] as const);
  return `${JSON.stringify(Object.fromEntries(entries), null, 2)}\n`;
};
