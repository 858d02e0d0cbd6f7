import { createHash } from "node:crypto";
import type { Types } from "@graphql-codegen/plugin-helpers";
import { formatDocument, stringifyDocument } from "@urql/core";
import { type DocumentNode, type FragmentDefinitionNode, Kind, visit } from "graphql";

export interface Operation {
  name: string;
  /** Exactly what the client would send: its fragments included, __typename in every selection. */
  text: string;
  hash: string;
}

/** The client's operations with the fragments that each uses, in order of their names. */
export function collectOperations(files: Types.DocumentFile[]): Operation[] {
  const definitions = files.flatMap((file) => file.document?.definitions ?? []);
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const definition of definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition);
  }
  const operations: Operation[] = [];
  for (const definition of definitions) {
    if (definition.kind !== Kind.OPERATION_DEFINITION || !definition.name) continue;
    const used = new Map<string, FragmentDefinitionNode>();
    const follow = (node: Parameters<typeof visit>[0]): void => {
      visit(node, {
        FragmentSpread({ name }) {
          const fragment = fragments.get(name.value);
          if (!fragment || used.has(name.value)) return;
          used.set(name.value, fragment);
          follow(fragment);
        },
      });
    };
    follow(definition);
    const sorted = [...used].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, fragment]) => fragment);
    const document: DocumentNode = { kind: Kind.DOCUMENT, definitions: [definition, ...sorted] };
    const text = stringifyDocument(formatDocument(document));
    const hash = createHash("sha256").update(text).digest("hex");
    operations.push({ name: definition.name.value, text, hash });
  }
  return operations.sort((a, b) => (a.name < b.name ? -1 : 1));
}
