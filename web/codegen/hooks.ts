import { basename } from "node:path";
import type { PluginFunction } from "@graphql-codegen/plugin-helpers";
import { plugin as urql } from "@graphql-codegen/typescript-urql";
import { Kind } from "graphql";

/** The documents and hooks of one .graphql file; the fragments that it uses may be another's. */
export const plugin: PluginFunction<{ name: string }> = async (schema, files, { name, ...config }) => {
  const isOwn = (location?: string) => basename(location ?? "") === `${name}.graphql`;
  const own = files.filter(({ location }) => isOwn(location));
  const externalFragments = files
    .filter(({ location }) => !isOwn(location))
    .flatMap(({ document }) => document?.definitions ?? [])
    .filter((definition) => definition.kind === Kind.FRAGMENT_DEFINITION)
    .map((node) => ({
      node,
      name: node.name.value,
      onType: node.typeCondition.name.value,
      isExternal: true,
      importFrom: null,
    }));
  const types = own
    .flatMap(({ document }) => document?.definitions ?? [])
    .filter((definition) => definition.kind === Kind.OPERATION_DEFINITION)
    .map(({ name: operation, operation: kind }) => `${operation?.value}${kind[0]?.toUpperCase()}${kind.slice(1)}`)
    .flatMap((type) => [type, `${type}Variables`]);
  const { prepend = [], content } = await urql(schema, own, { ...config, externalFragments });
  return {
    prepend: [
      ...prepend.filter((line) => !line.startsWith("export type Omit")),
      ...(types.length > 0 ? [`import type { ${types.join(", ")} } from "../graphql.ts";`] : []),
    ],
    content,
  };
};
