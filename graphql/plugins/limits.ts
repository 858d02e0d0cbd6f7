import { depthLimit } from "@graphile/depth-limit";
import type {} from "postgraphile/grafserv";
import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  GraphQLError,
  type GraphQLField,
  type GraphQLSchema,
  getNamedType,
  getOperationAST,
  isCompositeType,
  isInterfaceType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
  type ValueNode,
} from "postgraphile/graphql";

export const largestPage = 100;

/** How many rows an operation may ask for in all, pages within pages multiplied. */
export const mostRows = 20_000;

/** How many fields an operation may select, fragments counted wherever they are spread. */
export const mostFields = 2_000;

/** How many queries or commands one request may hold, those of a payload's `query` included. */
export const mostRootFields = 30;

/** How deep lists and objects in arguments may nest: each level of a filter is work for the planner. */
export const deepestInput = 100;

type Variables = Record<string, unknown>;

/** What a selection costs: fields are work for the planner, rows are work for the database. */
interface Cost {
  /** Fields of the root types, wherever they are selected. */
  readonly roots: number;
  readonly fields: number;
  readonly rows: number;
}

/**
 * Checks what a validation rule can't: the sizes of pages, which come in variables, and what they
 * multiply to. One walk over the operation; a fragment's cost is worked out once however often it
 * is spread, so the walk itself is bounded by the document's length.
 */
export function exceededLimits(
  schema: GraphQLSchema,
  document: DocumentNode,
  operationName: string | null | undefined,
  variables: Variables,
): GraphQLError[] {
  const operation = getOperationAST(document, operationName);
  const root = operation && schema.getRootType(operation.operation);
  if (!operation || !root) return []; // execution says so better

  const walk = new Walk(schema, document, { ...defaultsOf(operation), ...variables });
  const cost = walk.costOf(operation.selectionSet, root.name);
  if (walk.errors.length > 0) return walk.errors;
  if (walk.hasDeepInput || isDeeper(variables, deepestInput)) {
    return [
      new GraphQLError("An argument is nested too deeply.", {
        nodes: [operation],
        extensions: { code: "DEPTH_LIMIT_EXCEEDED", hint: `Stay within ${deepestInput} levels of lists and objects.` },
      }),
    ];
  }
  if (cost.rows > mostRows || cost.fields > mostFields || cost.roots > mostRootFields) {
    return [
      new GraphQLError("The operation asks for too much at once.", {
        nodes: [operation],
        extensions: {
          code: "COST_LIMIT_EXCEEDED",
          hint: `Stay within ${mostRows} rows, ${mostFields} fields and ${mostRootFields} top-level fields; ask for smaller pages.`,
        },
      }),
    ];
  }
  return [];
}

class Walk {
  readonly errors: GraphQLError[] = [];
  hasDeepInput = false;
  readonly #schema: GraphQLSchema;
  readonly #variables: Variables;
  readonly #rootTypes: ReadonlySet<string | undefined>;
  readonly #fragments = new Map<string, FragmentDefinitionNode>();
  readonly #costOfFragment = new Map<string, Cost>();

  constructor(schema: GraphQLSchema, document: DocumentNode, variables: Variables) {
    this.#schema = schema;
    this.#variables = variables;
    this.#rootTypes = new Set(
      [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()].map((type) => type?.name),
    );
    for (const definition of document.definitions) {
      if (definition.kind === Kind.FRAGMENT_DEFINITION) this.#fragments.set(definition.name.value, definition);
    }
  }

  costOf(selectionSet: SelectionSetNode, typeName: string): Cost {
    let roots = 0;
    let fields = 0;
    let rows = 0;
    for (const selection of selectionSet.selections) {
      let cost: Cost;
      if (selection.kind === Kind.FIELD) cost = this.#costOfField(selection, typeName);
      else if (selection.kind === Kind.INLINE_FRAGMENT) {
        cost = this.costOf(selection.selectionSet, selection.typeCondition?.name.value ?? typeName);
      } else cost = this.#costOfSpread(selection.name.value);
      roots += cost.roots;
      fields += cost.fields;
      rows += cost.rows;
    }
    return { roots, fields, rows };
  }

  #costOfSpread(name: string): Cost {
    const known = this.#costOfFragment.get(name);
    if (known) return known;
    const fragment = this.#fragments.get(name);
    if (!fragment) return { roots: 0, fields: 0, rows: 0 };
    const cost = this.costOf(fragment.selectionSet, fragment.typeCondition.name.value);
    this.#costOfFragment.set(name, cost);
    return cost;
  }

  #costOfField(node: FieldNode, typeName: string): Cost {
    const field = this.#definitionOf(node, typeName);
    this.hasDeepInput ||= (node.arguments ?? []).some(({ value }) => isDeeperLiteral(value, deepestInput));
    const own = this.#rootTypes.has(typeName) ? 1 : 0;
    if (!field || !node.selectionSet) return { roots: own, fields: 1, rows: 0 };
    const type = getNamedType(field.type);
    if (!isCompositeType(type)) return { roots: own, fields: 1, rows: 0 };
    const inside = this.costOf(node.selectionSet, type.name);
    const roots = inside.roots + own;
    const fields = inside.fields + 1;
    if (!field.args.some(({ name }) => name === "first")) {
      // The wrappers of a page (nodes, edges, pageInfo) aren't rows of their own.
      const wrapper = /(Connection|Edge)$/.test(typeName);
      return { roots, fields, rows: inside.rows + (wrapper ? 0 : 1) };
    }
    return { roots, fields, rows: this.#pageSize(node) * (1 + inside.rows) };
  }

  #pageSize(node: FieldNode): number {
    const sizes = ["first", "last"]
      .map((name) => node.arguments?.find((argument) => argument.name.value === name)?.value)
      .map((value) => (value ? this.#valueOf(value) : undefined))
      .filter((size) => typeof size === "number");
    const size = sizes.length > 0 ? Math.max(...sizes) : Number.NaN;
    if (sizes.every((each) => each >= 0) && size <= largestPage) return size;
    this.errors.push(
      new GraphQLError(`The list "${node.name.value}" needs first or last, at most ${largestPage}.`, {
        nodes: [node],
        extensions: {
          code: "PAGE_SIZE_EXCEEDED",
          hint: `Ask for up to ${largestPage} rows and go on with after: pageInfo.endCursor.`,
        },
      }),
    );
    return 0;
  }

  #valueOf(value: ValueNode): unknown {
    if (value.kind === Kind.VARIABLE) return this.#variables[value.name.value];
    return value.kind === Kind.INT ? Number(value.value) : undefined;
  }

  #definitionOf(node: FieldNode, typeName: string): GraphQLField<unknown, unknown> | undefined {
    const type = this.#schema.getType(typeName);
    return isObjectType(type) || isInterfaceType(type) ? type.getFields()[node.name.value] : undefined;
  }
}

function defaultsOf(operation: OperationDefinitionNode): Variables {
  return Object.fromEntries(
    (operation.variableDefinitions ?? []).map(({ variable, defaultValue }) => [
      variable.name.value,
      defaultValue?.kind === Kind.INT ? Number(defaultValue.value) : undefined,
    ]),
  );
}

function isDeeper(value: unknown, levels: number): boolean {
  if (typeof value !== "object" || value === null) return false;
  return levels === 0 || Object.values(value).some((each) => isDeeper(each, levels - 1));
}

function isDeeperLiteral(value: ValueNode, levels: number): boolean {
  if (value.kind !== Kind.OBJECT && value.kind !== Kind.LIST) return false;
  const inside = value.kind === Kind.LIST ? value.values : value.fields.map((field) => field.value);
  return levels === 0 || inside.some((each) => isDeeperLiteral(each, levels - 1));
}

const limits = {
  maxDepth: 12,
  maxListDepth: 4,
  maxSelfReferentialDepth: 2,
  // What GraphiQL and code generators ask for, and no more.
  maxIntrospectionDepth: 15,
  maxIntrospectionListDepth: 3,
  maxDepthByFieldCoordinates: { "__Type.ofType": 9 },
};

/** Refuses nesting before anything is planned; the rest is `exceededLimits`, at execution. */
export const DepthLimitPlugin: GraphileConfig.Plugin = {
  name: "PitLedgerDepthLimitPlugin",
  version: "1.0.0",
  grafserv: {
    middleware: {
      setPreset(next, event) {
        event.validationRules.push(depthLimit(limits));
        return next();
      },
    },
  },
};
