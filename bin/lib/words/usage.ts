import ts from "typescript";
import type { Finding } from "../sql/rules.ts";
import { argumentsOf, type Catalogue, kebabCase } from "./catalogue.ts";

/** Keys that a source file asks for; a key with a part that varies is a pattern. */
export interface Usage {
  readonly namespace: string;
  readonly keys: RegExp;
  readonly line: number;
  /** Names of the arguments given; undefined when they aren't spelled out there. */
  readonly given: readonly string[] | undefined;
}

/** Where a file uses words: `const t = words("shell")`, then `t("signOut")`, `t.rich(…)`. */
export function usagesIn(file: string, source: ts.SourceFile): { usages: Usage[]; findings: Finding[] } {
  const usages: Usage[] = [];
  const findings: Finding[] = [];
  const namespaces = translatorsOf(source);
  visit(source, (node) => {
    if (!ts.isCallExpression(node)) return;
    const line = source.getLineAndCharacterOfPosition(node.getStart()).line + 1;
    const report = (message: string) => findings.push({ file, line, message });
    if (ts.isIdentifier(node.expression) && node.expression.text === "term") {
      const [kind] = node.arguments;
      if (kind && ts.isStringLiteral(kind)) {
        usages.push({ namespace: "terms", keys: new RegExp(`^${kind.text}\\.`), line, given: undefined });
      } else report("says which kind of term as a literal");
      return;
    }
    const namespace = namespaces.get(translatorName(node.expression) ?? "");
    if (namespace === undefined) return;
    if (!ts.findAncestor(node, ts.isFunctionLike)) report("asks for words before the language is known");
    const [key, values] = node.arguments;
    const patterns = key ? patternsOf(key) : undefined;
    if (!patterns) report("names the key where it is used, as a literal or a template that begins with one");
    const given = values && ts.isObjectLiteralExpression(values) ? namesOf(values) : values ? undefined : [];
    for (const keys of patterns ?? []) usages.push({ namespace, keys, line, given });
  });
  return { usages, findings };
}

/** Messages nobody asks for, and arguments that a message needs and isn't given. */
export function checkUsages(english: Catalogue, byFile: ReadonlyMap<string, readonly Usage[]>): Finding[] {
  const findings: Finding[] = [];
  const used = new Set<string>();
  for (const [file, usages] of byFile) {
    for (const { namespace, keys, line, given } of usages) {
      for (const [key, message] of english.get(namespace) ?? []) {
        if (!keys.test(key)) continue;
        used.add(`${namespace}.${key}`);
        const missing = given && argumentsOf(message)?.filter((name) => !given.includes(name));
        if (missing?.length) findings.push({ file, line, message: `${key} needs ${missing.join(", ")}` });
      }
    }
  }
  for (const [namespace, messages] of english) {
    for (const key of messages.keys()) {
      if (used.has(`${namespace}.${key}`)) continue;
      findings.push({ file: `web/src/words/en/${kebabCase(namespace)}.json`, line: 1, message: `${key} is unused` });
    }
  }
  return findings;
}

function translatorsOf(source: ts.SourceFile): Map<string, string> {
  const found = new Map<string, string>();
  visit(source, (node) => {
    if (!ts.isVariableDeclaration(node) || !node.initializer || !ts.isIdentifier(node.name)) return;
    const call = node.initializer;
    if (!ts.isCallExpression(call) || call.expression.getText(source) !== "words") return;
    const [namespace] = call.arguments;
    if (namespace && ts.isStringLiteral(namespace)) found.set(node.name.text, namespace.text);
  });
  return found;
}

/** `t` of t("…"), t.rich("…") and t.has("…"). */
function translatorName(called: ts.Expression): string | undefined {
  if (ts.isIdentifier(called)) return called.text;
  if (ts.isPropertyAccessExpression(called) && ts.isIdentifier(called.expression)) return called.expression.text;
  return undefined;
}

function patternsOf(key: ts.Expression): RegExp[] | undefined {
  if (ts.isStringLiteralLike(key)) return [new RegExp(`^${escaped(key.text)}$`)];
  if (ts.isTemplateExpression(key)) {
    if (key.head.text === "") return undefined;
    const parts = [key.head.text, ...key.templateSpans.map(({ literal }) => literal.text)];
    return [new RegExp(`^${parts.map(escaped).join("[^.]+")}$`)];
  }
  if (ts.isParenthesizedExpression(key)) return patternsOf(key.expression);
  if (ts.isConditionalExpression(key)) {
    const either = [patternsOf(key.whenTrue), patternsOf(key.whenFalse)];
    return either.every((patterns) => patterns !== undefined) ? either.flat() : undefined;
  }
  return undefined;
}

function namesOf(values: ts.ObjectLiteralExpression): string[] | undefined {
  const names = values.properties.map(({ name }) => (name && ts.isIdentifier(name) ? name.text : undefined));
  return names.every((name) => name !== undefined) ? names : undefined;
}

function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&");
}

export function visit(node: ts.Node, look: (node: ts.Node) => void): void {
  look(node);
  node.forEachChild((child) => visit(child, look));
}
