import { readFileSync } from "node:fs";
import { join } from "node:path";
import {
  buildSchema,
  type DocumentNode,
  type FieldNode,
  getNamedType,
  isObjectType,
  Kind,
  parse,
  type SelectionSetNode,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from "graphql";
import { expect, test } from "vitest";
import { cacheConfig } from "../../web/src/api/cache.ts";

const root = join(import.meta.dirname, "../..");
const schema = buildSchema(readFileSync(join(root, "graphql/schema.graphql"), "utf8"));
const operations = JSON.parse(readFileSync(join(root, "graphql/persisted-operations.json"), "utf8")) as Record<
  string,
  string
>;
const { keys = {} } = cacheConfig;

/** Pages have no key, nor has the envelope of a command's answer or of an event. */
const ENVELOPE = /^(Query|PageInfo)$|(Connection|Edge|Payload)$/;

interface Selected {
  readonly operation: string;
  readonly type: string;
  readonly fields: readonly string[];
}

function fieldsOf(document: DocumentNode, set: SelectionSetNode): FieldNode[] {
  return set.selections.flatMap((selection) => {
    if (selection.kind === Kind.FIELD) return [selection];
    if (selection.kind === Kind.INLINE_FRAGMENT) return fieldsOf(document, selection.selectionSet);
    const named = document.definitions.find(
      (each) => each.kind === Kind.FRAGMENT_DEFINITION && each.name.value === selection.name.value,
    );
    if (named?.kind !== Kind.FRAGMENT_DEFINITION) throw new Error(`${selection.name.value} isn't there.`);
    return fieldsOf(document, named.selectionSet);
  });
}

/** Every object that the client's operations read, and what they read of it. */
function selectedObjects(text: string): Selected[] {
  const document = parse(text);
  const [first] = document.definitions;
  const operation = first?.kind === Kind.OPERATION_DEFINITION ? (first.name?.value ?? "") : "";
  const types = new TypeInfo(schema);
  const found: Selected[] = [];
  visit(
    document,
    visitWithTypeInfo(types, {
      Field({ selectionSet }) {
        const type = getNamedType(types.getType());
        if (!selectionSet || !isObjectType(type) || ENVELOPE.test(type.name)) return;
        const fields = fieldsOf(document, selectionSet).map(({ name, alias }) => (alias ?? name).value);
        found.push({ operation, type: type.name, fields });
      },
    }),
  );
  return found;
}

const selected = Object.values(operations).flatMap(selectedObjects);
const keyOf = (type: string, fields: readonly string[]) =>
  keys[type]?.(Object.fromEntries([["__typename", type], ...fields.map((field) => [field, "x"])]));

test("every object that an operation reads has its key, or is said to live inside what holds it", () => {
  expect(selected.length).toBeGreaterThan(300);
  const without = new Set(selected.filter(({ type }) => keys[type] === undefined).map(({ type }) => type));
  expect([...without], "in web/src/api/cache.ts").toEqual([]);
});

test("wherever an object with a key is read, what its key is made of is read as well", () => {
  const unknown = selected
    .filter(({ type, fields }) => {
      const known = schema.getType(type);
      const all = isObjectType(known) ? Object.keys(known.getFields()) : [];
      return keyOf(type, all) && !keyOf(type, fields);
    })
    .map(({ operation, type }) => `${type} in ${operation}`);
  expect(unknown).toEqual([]);
});

test("no key is listed for an object that there is no longer", () => {
  expect(Object.keys(keys).filter((type) => !isObjectType(schema.getType(type)))).toEqual([]);
});
