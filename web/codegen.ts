import { globSync } from "node:fs";
import { basename, join } from "node:path";
import type { CodegenConfig } from "@graphql-codegen/cli";

// Documents are written once, as .graphql files beside the screen that uses them. From them and
// the committed schema come the types, the hooks and the list of operations that a server with
// GRAPHQL_OPERATIONS=persisted accepts. `npm run generate`.
const shared = {
  documentMode: "documentNode",
  strictScalars: true,
  useTypeImports: true,
  enumsAsTypes: true,
  scalars: {
    Base64EncodedBinary: "string",
    BigFloat: "string",
    BigInt: "string",
    Capability: "string",
    Cursor: "string",
    Date: "string",
    Datetime: "string",
    EntrySource: "string",
    JSON: "unknown",
    StaffRole: "string",
    TransactionType: "string",
    UUID: "string",
  },
};

const names = globSync("src/**/*.graphql", { cwd: import.meta.dirname })
  .map((file) => basename(file, ".graphql"))
  .sort();

// One module for each file of documents, so that a screen brings only its own along.
const hooks = names.map((name) => [
  join("web/src/generated/hooks", `${name}.ts`),
  { plugins: [{ "web/codegen/hooks.ts": { name } }], config: shared },
]);

const config: CodegenConfig = {
  schema: "graphql/schema.graphql",
  documents: "web/src/**/*.graphql",
  noSilentErrors: true,
  generates: {
    "web/src/generated/graphql.ts": {
      plugins: ["typescript-operations", { "web/codegen/hooks-index.ts": { names } }],
      config: shared,
    },
    ...Object.fromEntries(hooks),
    "web/src/generated/operations.ts": { plugins: ["web/codegen/operation-hashes.ts"] },
    "graphql/persisted-operations.json": { plugins: ["web/codegen/persisted-operations.ts"] },
  },
};

export default config;
