import type { PluginFunction } from "@graphql-codegen/plugin-helpers";

/** Everything generated is imported from one place, wherever it is. */
export const plugin: PluginFunction<{ names: readonly string[] }> = (_schema, _files, { names }) =>
  `${names.map((name) => `export * from "./hooks/${name}.ts";`).join("\n")}\n`;
