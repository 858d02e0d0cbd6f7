import type {} from "@graphile/simplify-inflection";
import type {} from "postgraphile";

/**
 * Names as a reader of the blueprint expects them. Schemas are bounded contexts, not prefixes
 * (table names are unique across them); `nodeId` is the global id, so that row ids keep their
 * names; a mutation's result is named by its type; and since every key begins with the casino,
 * which nobody chooses, relations are named by what comes after it, or by the table alone where
 * there is only one relation to it.
 */
export const NamingPlugin: GraphileConfig.Plugin = {
  name: "PitLedgerNamingPlugin",
  version: "1.0.0",
  inflection: {
    add: {
      // NodeAccessorPlugin would add this one, but its fields aren't wanted.
      nodeById(_options, typeName) {
        return this.camelCase(typeName);
      },
    },
    replace: {
      _schemaPrefix() {
        return "";
      },
      // Helpers never reach the schema, but inside PostGraphile two contexts' must not share a name.
      functionResourceName(previous, _options, details) {
        if (!previous) throw new Error("The inflector functionResourceName is missing.");
        const name = previous(details);
        return name.startsWith("_") ? `${details.pgProc.getNamespace()?.nspname}.${name}` : name;
      },
      nodeIdFieldName() {
        return "nodeId";
      },
      _attributeName(previous, _options, details) {
        if (!previous) throw new Error("The inflector _attributeName is missing.");
        return previous({ ...details, skipRowId: true });
      },
      _getBaseNameFromKeys(previous, _options, keys) {
        if (!previous) throw new Error("The inflector _getBaseNameFromKeys is missing.");
        const distinctive = keys.filter((key) => key.attributeName !== "casino_id");
        return previous(distinctive.length > 0 ? distinctive : keys);
      },
      _joinAttributeNames(previous, _options, codec, names) {
        if (!previous) throw new Error("The inflector _joinAttributeNames is missing.");
        const distinctive = names.filter((name) => name !== "casino_id");
        return previous(codec, distinctive.length > 0 ? distinctive : names);
      },
      _manyRelation(previous, _options, details) {
        if (!previous) throw new Error("The inflector _manyRelation is missing.");
        const relations = details.registry.pgRelations[details.codec.name] ?? {};
        const remote = relations[details.relationName]?.remoteResource;
        const rivals = Object.values(relations).filter((each) => each?.isReferencee && each.remoteResource === remote);
        if (!remote || remote.codec === details.codec || rivals.length > 1) return previous(details);
        return this.camelCase(this.distinctPluralize(this._singularizedCodecName(remote.codec)));
      },
      functionMutationResultFieldName(previous, _options, details) {
        if (!previous) throw new Error("The inflector functionMutationResultFieldName is missing.");
        const { codec, extensions } = details.resource;
        if (extensions?.tags?.resultFieldName || !codec.attributes || codec.isAnonymous) return previous(details);
        const name = details.returnGraphQLTypeName;
        return this.camelCase(details.resource.isUnique ? name : this.distinctPluralize(name));
      },
    },
  },
};
