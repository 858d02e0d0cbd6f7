import type { CodegenConfig } from "@graphql-codegen/cli";

// Documents are written once, as .graphql files beside the screen that uses them. From them and
// the committed schema come the types, the hooks and the list of operations that a server with
// GRAPHQL_OPERATIONS=persisted accepts. `npm run generate`.
const config: CodegenConfig = {
  schema: "graphql/schema.graphql",
  documents: "web/src/**/*.graphql",
  noSilentErrors: true,
  generates: {
    "web/src/generated/graphql.ts": {
      plugins: ["typescript-operations", "typescript-urql"],
      config: {
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
      },
    },
    "web/src/generated/operations.ts": { plugins: ["web/codegen/operation-hashes.ts"] },
    "graphql/persisted-operations.json": { plugins: ["web/codegen/persisted-operations.ts"] },
  },
};

export default config;
